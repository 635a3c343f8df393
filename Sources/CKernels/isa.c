// SPDX-License-Identifier: MIT
#include "isa.h"
#include "dispatch.h"
#include <stdlib.h>
#include <string.h>

static int detect(void) {
  int level = 0;
#if defined(VB_X86)
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) level = 3;
  if (level == 3 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") &&
      __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512cd"))
    level = 4;
#endif
  // VERBATIM_ISA=base|avx2|avx512 lowers the choice (avx512: without VNNI and BF16), so that tests reach every copy on one machine.
  const char *wanted = getenv("VERBATIM_ISA");
  if (wanted && !strcmp(wanted, "base")) level = 0;
  if (wanted && !strcmp(wanted, "avx2") && level > 3) level = 3;
  return level;
}

int vb_isa_level(void) {
  static int cached = -1;  // a race writes the same value twice
  int level = __atomic_load_n(&cached, __ATOMIC_RELAXED);
  if (level < 0) {
    level = detect();
    __atomic_store_n(&cached, level, __ATOMIC_RELAXED);
  }
  return level;
}

#if defined(VB_X86)
static int beyond_avx512(void) {
  const char *wanted = getenv("VERBATIM_ISA");
  __builtin_cpu_init();
  return vb_isa_level() == 4 && !(wanted && !strcmp(wanted, "avx512"));
}

int vb_isa_has_vnni(void) { return beyond_avx512() && __builtin_cpu_supports("avx512vnni") != 0; }
int vb_isa_has_bf16(void) { return beyond_avx512() && __builtin_cpu_supports("avx512bf16") != 0; }
#else
int vb_isa_has_vnni(void) { return 0; }
int vb_isa_has_bf16(void) { return 0; }
#endif

const char *vb_isa_name(void) {
  int level = vb_isa_level();
  return level == 4 ? "avx512" : level == 3 ? "avx2" : "base";
}
