// SPDX-License-Identifier: MIT
#ifndef VERBATIM_MAPPINGS_H
#define VERBATIM_MAPPINGS_H
#include <stddef.h>

// Mapped files. Reading one that was cut off meanwhile raises SIGBUS; the handler, where one is installed, finds the
// file by the address, names it in one line and ends the process with code 3. Other faults keep their default.
//
// `name` is shown: without control characters. Returns a slot, or -1 where all are taken.
int vb_mapping_add(const void *start, size_t length, const char *name);
void vb_mapping_remove(int slot);
void vb_mappings_watch(void);
#endif
