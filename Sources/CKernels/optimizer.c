// SPDX-License-Identifier: MIT
#include "optimizer.h"
#include "dispatch.h"
#include "vector.h"

#pragma clang fp contract(off)  // the same bits as the twin, on every instruction set
#pragma clang diagnostic ignored "-Wpsabi"

typedef double vd_u __attribute__((ext_vector_type(8), aligned(8)));

#define VB_BODY "optimizer.inc.h"
#include "each_isa.h"

void vb_optimizer_update(const vb_update *u, int64_t count, const double *gradient, double *first, double *second,
                         double *average, double *parameters) {
#if defined(VB_X86)
  if (vb_isa_level() == 4) return update_v4(u, count, gradient, first, second, average, parameters);
  if (vb_isa_level() == 3) return update_v3(u, count, gradient, first, second, average, parameters);
#endif
  update_base(u, count, gradient, first, second, average, parameters);
}

double vb_reduce_parts(double *values, int64_t count, int64_t parts, int64_t stride) {
#if defined(VB_X86)
  if (vb_isa_level() == 4) {
    for (int64_t p = 1; p < parts; p++) add_v4(values, values + p * stride, count);
    return squares_v4(values, count);
  }
  if (vb_isa_level() == 3) {
    for (int64_t p = 1; p < parts; p++) add_v3(values, values + p * stride, count);
    return squares_v3(values, count);
  }
#endif
  for (int64_t p = 1; p < parts; p++) add_base(values, values + p * stride, count);
  return squares_base(values, count);
}
