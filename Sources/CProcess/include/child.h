// SPDX-License-Identifier: MIT
#ifndef VERBATIM_CHILD_H
#define VERBATIM_CHILD_H
#include <sys/types.h>

// Starts a program in a folder (NULL: this one) with default signals, an empty standard input and both outputs in a
// pipe, whose reading end is returned. 0, or an errno.
int vb_child_start(const char *program, char *const arguments[], const char *folder, pid_t *child, int *output);
// Whether a child has ended; it stays to be waited for.
int vb_child_has_ended(pid_t child);
// Waits for an ended child. Its code, -1 - N where signal N ended it, or -1000 where nobody knows.
int vb_child_wait(pid_t child);
// Kills the one child that is running, if there is one. Async-signal-safe.
void vb_child_kill(void);
#endif
