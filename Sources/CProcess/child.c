// SPDX-License-Identifier: MIT
// A child process. posix_spawn: no code of ours runs between fork and exec, whatever other threads hold.
#define _GNU_SOURCE
#include "child.h"
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdatomic.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;
static atomic_int running;

void vb_child_kill(void) {
  pid_t child = atomic_load(&running);
  // Its group is its own: a program that is a script has children.
  if (child > 0) kill(-child, SIGKILL);
}

// The child gets nothing of ours but its outputs.
static int spawn(const char *program, char *const arguments[], const char *folder, int output, pid_t *child) {
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  sigset_t all, none;
  sigfillset(&all);
  sigemptyset(&none);
  int error = posix_spawn_file_actions_init(&actions);
  if (error) return error;
  error = posix_spawnattr_init(&attributes);
  if (error) {
    posix_spawn_file_actions_destroy(&actions);
    return error;
  }
  error = posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  if (!error) error = posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
  if (!error) error = posix_spawn_file_actions_adddup2(&actions, output, STDERR_FILENO);
  // Descriptors that our own parent left open are ours to close.
  if (!error) error = posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1);
  if (!error && folder) error = posix_spawn_file_actions_addchdir_np(&actions, folder);
  if (!error) error = posix_spawnattr_setsigdefault(&attributes, &all);
  if (!error) error = posix_spawnattr_setsigmask(&attributes, &none);
  if (!error) error = posix_spawnattr_setpgroup(&attributes, 0);
  short flags = POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP;
  if (!error) error = posix_spawnattr_setflags(&attributes, flags);
  if (!error) error = posix_spawn(child, program, &actions, &attributes, arguments, environ);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  return error;
}

int vb_child_start(const char *program, char *const arguments[], const char *folder, pid_t *child, int *output) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) return errno;
  int error = spawn(program, arguments, folder, ends[1], child);
  close(ends[1]);
  if (error) {
    close(ends[0]);
    return error;
  }
  atomic_store(&running, *child);
  *output = ends[0];
  return 0;
}

int vb_child_has_ended(pid_t child) {
  siginfo_t info = {0};
  // An error is an end too: nothing is left to wait for.
  return waitid(P_PID, (id_t)child, &info, WEXITED | WNOHANG | WNOWAIT) != 0 ? errno != EINTR : info.si_signo != 0;
}

int vb_child_wait(pid_t child) {
  // Before its number can be another process's.
  atomic_store(&running, 0);
  int status;
  while (waitpid(child, &status, 0) < 0)
    if (errno != EINTR) return -1000;
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1 - WTERMSIG(status);
}
