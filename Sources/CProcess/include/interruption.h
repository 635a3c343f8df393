// SPDX-License-Identifier: MIT
#ifndef VERBATIM_INTERRUPTION_H
#define VERBATIM_INTERRUPTION_H
#include <stdbool.h>

// Makes what a parent left behind harmless: occupies closed standard descriptors (a closed one still refuses bytes),
// ignores SIGPIPE and SIGXFSZ (they become errors of the write), gives SIGCHLD its default.
void vb_process_begin(void);

// SIGINT and SIGTERM: the first kills the running child, sets a flag and leaves 1.5 s for an orderly end; then, or at a
// second signal, the process says one line and ends with code 3. Nothing is lost that kill -9 would not lose.
void vb_interruption_install(void);
bool vb_interruption_requested(void);
// The line says that finished work is kept.
void vb_interruption_keeps_work(void);
// Says the line and ends the process; for who has seen the flag.
void vb_interruption_end(void) __attribute__((noreturn));
#endif
