/* SPDX-License-Identifier: MIT */
/* The shim, from the installed package `baton`: see setup.py. */
#include <baton_python.c>
