/* SPDX-License-Identifier: MIT */
/* Exports the entry of another major. */
int baton_provider_v9(void);

int baton_provider_v9(void) { return 1; }
