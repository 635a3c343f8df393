// SPDX-License-Identifier: MIT
#include "colored_posterior.h"
#include "dispatch.h"
#include "vector.h"
#include <math.h>
#include <string.h>

#pragma clang fp contract(fast)
#pragma clang diagnostic ignored "-Wpsabi"

int64_t vb_colored_padded(int64_t pixels) { return (pixels + 15) / 16 * 16; }

int64_t vb_colored_scratch(const vb_colored_mixture *m) {
  return 3 * m->channels * vb_colored_padded(m->pixels) + m->components * (m->channels + 1);
}

#define VB_BODY "colored_posterior.inc.h"
#include "each_isa.h"

static void run(const vb_colored_mixture *mixture, const double *points, int64_t count, double *clean, double *noise,
                double *weights, double *scratch) {
#if defined(VB_X86)
  if (vb_isa_level() == 4) return colored_v4(mixture, points, count, clean, noise, weights, scratch);
  if (vb_isa_level() == 3) return colored_v3(mixture, points, count, clean, noise, weights, scratch);
#endif
  colored_base(mixture, points, count, clean, noise, weights, scratch);
}

void vb_colored_posterior(const vb_colored_mixture *mixture, const double *points, int64_t count, double *clean,
                          double *noise, double *scratch) {
  run(mixture, points, count, clean, noise, 0, scratch);
}

void vb_colored_weights(const vb_colored_mixture *mixture, const double *points, int64_t count, double *weights,
                        double *scratch) {
  run(mixture, points, count, 0, 0, weights, scratch);
}
