// SPDX-License-Identifier: MIT
#include "nearest.h"
#include "dispatch.h"
#include "vector.h"
#include <math.h>

// Off, so that every instruction set and the naive twin round alike.
#pragma clang fp contract(off)
// Vectors wider than the base machine's registers pass between inlined helpers only.
#pragma clang diagnostic ignored "-Wpsabi"

typedef double vd_u __attribute__((ext_vector_type(8), aligned(8)));

#define VB_BODY "nearest.inc.h"
#include "each_isa.h"

int64_t vb_nearest_packed_count(int64_t references, int64_t dimension) {
  return (references + 31) / 32 * 32 * dimension;
}

void vb_nearest_pack(const double *reference, int64_t references, int64_t dimension, double *packed) {
  for (int64_t start = 0; start < references; start += 32)
    for (int64_t c = 0; c < dimension; c++)
      for (int64_t lane = 0; lane < 32; lane++) {
        int64_t index = start + lane;
        packed[start * dimension + c * 32 + lane] = index < references ? reference[index * dimension + c] : 0;
      }
}

void vb_nearest_two(const double *points, int64_t count, const double *packed, int64_t references, int64_t dimension,
                    double *distances, int32_t *indices) {
#if defined(VB_X86)
  if (vb_isa_level() == 4)
    return nearest_two_v4(points, count, packed, references, dimension, distances, indices);
  if (vb_isa_level() == 3)
    return nearest_two_v3(points, count, packed, references, dimension, distances, indices);
#endif
  nearest_two_base(points, count, packed, references, dimension, distances, indices);
}
