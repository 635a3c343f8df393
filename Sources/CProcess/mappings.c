// SPDX-License-Identifier: MIT
// Which file lies where in memory, for the handler of a fault: a table of fixed size, read without locks.
#define _GNU_SOURCE
#include "mappings.h"
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

enum { SLOTS = 256, NAME = 1024 };

// start 0: free; end 0: not yet, or no more, to be looked at.
static struct {
  atomic_uintptr_t start, end;
  char name[NAME];
} slots[SLOTS];
static atomic_int said;
static struct sigaction before;

int vb_mapping_add(const void *start, size_t length, const char *name) {
  for (int slot = 0; slot < SLOTS; slot++) {
    uintptr_t free = 0;
    if (!atomic_compare_exchange_strong(&slots[slot].start, &free, (uintptr_t)start)) continue;
    size_t count = strnlen(name, NAME - 1);
    // Not in the middle of a character of several bytes.
    while (count == NAME - 1 && count > 0 && ((unsigned char)name[count] & 0xC0) == 0x80) count--;
    memcpy(slots[slot].name, name, count);
    slots[slot].name[count] = 0;
    atomic_store(&slots[slot].end, (uintptr_t)start + length);
    return slot;
  }
  return -1;
}

void vb_mapping_remove(int slot) {
  if (slot < 0) return;
  atomic_store(&slots[slot].end, 0);
  atomic_store(&slots[slot].start, 0);
}

static void say(const char *name) {
  static const char start[] = "verbatim: error: ";
  static const char after[] = ": it was cut off while it was in use; leave it as it is until the command ends\n";
  char line[sizeof start + NAME + sizeof after];
  size_t length = 0;
  for (const char *text = start; *text; text++) line[length++] = *text;
  for (const char *text = name; *text; text++) line[length++] = *text;
  for (const char *text = after; *text; text++) line[length++] = *text;
  ssize_t written = write(STDERR_FILENO, line, length);
  (void)written;
}

static void on_fault(int number, siginfo_t *info, void *context) {
  (void)context;
  uintptr_t address = (uintptr_t)info->si_addr;
  // A positive code: raised by the processor, not by another process.
  for (int slot = 0; slot < SLOTS && info->si_code > 0; slot++) {
    uintptr_t start = atomic_load(&slots[slot].start), end = atomic_load(&slots[slot].end);
    if (start == 0 || address < start || address >= end) continue;
    // Several threads may meet the same end.
    if (atomic_exchange(&said, 1))
      for (;;) pause();
    say(slots[slot].name);
    _exit(3);
  }
  // The system's way, or that of Swift's backtraces.
  sigaction(number, &before, NULL);
  // A fault happens again on return; a signal that was sent does not.
  if (info->si_code <= 0) raise(number);
}

void vb_mappings_watch(void) {
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_sigaction = on_fault;
  action.sa_flags = SA_SIGINFO;
  sigfillset(&action.sa_mask);
  sigaction(SIGBUS, &action, &before);
}
