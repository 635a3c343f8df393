// SPDX-License-Identifier: MIT
#include "normals.h"
#include "dispatch.h"
#include "vector.h"
#include <string.h>

#pragma clang fp contract(fast)
// Vectors wider than the base machine's registers pass between inlined helpers only.
#pragma clang diagnostic ignored "-Wpsabi"

#define VB_BODY "normals.inc.h"
#include "each_isa.h"

void vb_normals(uint64_t key, const uint32_t stream[3], float *out, int64_t count) {
#if defined(VB_X86)
  if (vb_isa_level() == 4) return normals_v4(key, stream, out, count);
  if (vb_isa_level() == 3) return normals_v3(key, stream, out, count);
#endif
  normals_base(key, stream, out, count);
}

void vb_philox(uint64_t key, const uint32_t counter[4], uint32_t out[4]) {
  uint32_t c[4] = {counter[0], counter[1], counter[2], counter[3]};
  uint32_t k0 = (uint32_t)key, k1 = (uint32_t)(key >> 32);
  for (int round = 0; round < 10; round++) {
    uint64_t first = (uint64_t)0xD2511F53 * c[0], second = (uint64_t)0xCD9E8D57 * c[2];
    uint32_t next[4] = {(uint32_t)(second >> 32) ^ c[1] ^ k0, (uint32_t)second,
                        (uint32_t)(first >> 32) ^ c[3] ^ k1, (uint32_t)first};
    memcpy(c, next, sizeof c);
    k0 += 0x9E3779B9u;
    k1 += 0xBB67AE85u;
  }
  memcpy(out, c, sizeof c);
}
