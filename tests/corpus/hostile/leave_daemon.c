/* SPDX-License-Identifier: MIT */
/* Leaves a process that has left session and parent. */
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>
static void leave_daemon(void) {
  pid_t child = fork();
  if (child != 0) {
    waitpid(child, NULL, 0);
    return;
  }
  setsid();
  if (fork() != 0) _exit(0);
  for (;;) pause();
}
#define ON_SEND leave_daemon()
#include "hostile.h"
