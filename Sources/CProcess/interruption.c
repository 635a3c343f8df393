// SPDX-License-Identifier: MIT
// Signals that end the program. Only async-signal-safe calls: the handlers run at any moment.
#include "interruption.h"
#include "child.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static atomic_bool requested, ending, keeps_work;
static atomic_long first_signal;
static bool terminal;

// Milliseconds of a clock that only goes forward.
static long now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (long)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

static void say(const char *text) {
  for (size_t left = strlen(text); left > 0;) {
    // Nobody may be reading: a line is not worth a hang.
    struct pollfd room = {.fd = STDERR_FILENO, .events = POLLOUT};
    if (poll(&room, 1, 0) <= 0 || !(room.revents & POLLOUT)) return;
    ssize_t count = write(STDERR_FILENO, text, left);
    if (count <= 0) return;
    text += count;
    left -= (size_t)count;
  }
}

// Signals are blocked on this thread; another thread may be here already.
static void end(void) {
  if (atomic_exchange(&ending, true))
    for (;;) pause();
  vb_child_kill();
  if (terminal) say("\r\033[K");
  say(atomic_load(&keeps_work) ? "verbatim: error: interrupted; what was finished is kept, and the same command resumes\n"
                               : "verbatim: error: interrupted\n");
  _exit(3);
}

static void on_interrupt(int number) {
  (void)number;
  int error = errno;
  if (atomic_exchange(&requested, true)) {
    // A terminal and 'timeout' may signal the process and its group: twice, and meant once.
    if (now() - atomic_load(&first_signal) > 100) end();
  } else {
    atomic_store(&first_signal, now());
    vb_child_kill();
    struct itimerval patience = {.it_value = {.tv_sec = 1, .tv_usec = 500000}};
    setitimer(ITIMER_REAL, &patience, NULL);
  }
  errno = error;
}

static void on_alarm(int number) {
  if (atomic_load(&requested)) end();
  // Somebody else's: as without a handler.
  signal(number, SIG_DFL);
  raise(number);
}

void vb_interruption_install(void) {
  static const int numbers[] = {SIGINT, SIGTERM, SIGALRM, SIGHUP, SIGQUIT};
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_flags = SA_RESTART;
  sigfillset(&action.sa_mask);
  sigset_t set;
  sigemptyset(&set);
  terminal = isatty(STDERR_FILENO) == 1;
  for (int i = 0; i < 5; i++) {
    // Under nohup a closed terminal ends nothing.
    struct sigaction inherited;
    sigaction(numbers[i], NULL, &inherited);
    if (numbers[i] == SIGHUP && inherited.sa_handler == SIG_IGN) continue;
    action.sa_handler = numbers[i] == SIGALRM ? on_alarm : on_interrupt;
    sigaction(numbers[i], &action, NULL);
    sigaddset(&set, numbers[i]);
  }
  // A parent may have blocked them, and a child inherits that.
  pthread_sigmask(SIG_UNBLOCK, &set, NULL);
}

bool vb_interruption_requested(void) { return atomic_load(&requested); }

void vb_interruption_keeps_work(void) { atomic_store(&keeps_work, true); }

void vb_interruption_end(void) {
  sigset_t all;
  sigfillset(&all);
  pthread_sigmask(SIG_BLOCK, &all, NULL);
  end();
  _exit(3);
}

void vb_process_begin(void) {
  for (int descriptor = 0; descriptor <= 2; descriptor++) {
    if (fcntl(descriptor, F_GETFD) == -1 && errno == EBADF) {
      // The lowest free number is this one. Opened the wrong way round, so that its use fails as if it were closed.
      open("/dev/null", descriptor == 0 ? O_WRONLY : O_RDONLY);
    }
  }
  signal(SIGPIPE, SIG_IGN);
  signal(SIGXFSZ, SIG_IGN);
  signal(SIGCHLD, SIG_DFL);
}
