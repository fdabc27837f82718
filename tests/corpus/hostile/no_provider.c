/* SPDX-License-Identifier: MIT */
/* Exports no entry, but names that are like it. */
int baton_provider(void);
int my_baton_thing(void);

int baton_provider(void) { return 1; }
int my_baton_thing(void) { return 2; }
