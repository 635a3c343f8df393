// SPDX-License-Identifier: MIT
#include "training_step.h"
#include "dispatch.h"
#include "normals.h"
#include "vector.h"
#include <math.h>
#include <string.h>

#pragma clang fp contract(fast)
#pragma clang diagnostic ignored "-Wpsabi"

// Draws handled at a time, so that a block's matrices stay in the first two caches.
#define VB_DRAW_BLOCK 48
// Draws screened together: they share one set of kept components.
#ifndef VB_SCREEN_BLOCK
#define VB_SCREEN_BLOCK 32
#endif

typedef struct {
  int64_t dp;            // d padded to whole vectors
  int64_t packed_count;  // M padded to whole vectors of doubles
  double *packed;        // (d, packed_count) the means, transposed
  double *distance;      // (packed_count)
  int32_t *kept;         // (M) indices of the kept components
  float *means;          // (d, padded M) the means, transposed
  float *base;           // (padded M)
  float *prior;          // (padded M)
  float *mass;           // (padded M)
  float *local;          // (M, dp)
  float *transposed;     // (d, padded M)
  float *drawn;          // (draws, d)
  float *noise;          // (block, dp)
  float *residual;       // (block, dp)
  float *logits;         // (block, padded M)
  float *weights;        // (block, padded M)
  float *product;        // (block, padded M)
  float *gradient;       // (M, dp)
} vb_workspace;

VB_INLINE int64_t vb_padded(int64_t n) { return (n + VB_LANES - 1) / VB_LANES * VB_LANES; }

// Lays the workspace out in `memory`; returns the bytes it takes. With null memory only counts.
static int64_t vb_layout(const vb_training_step *p, char *memory, vb_workspace *ws) {
  int64_t d = p->dimension, m = p->component_count, mp = vb_padded(m), dp = vb_padded(d);
  int64_t block = p->draws < VB_DRAW_BLOCK ? p->draws : VB_DRAW_BLOCK, at = 0;
  ws->dp = dp;
  ws->packed_count = (m + 7) / 8 * 8;
#define VB_TAKE(field, type, count)                    \
  do {                                                 \
    ws->field = (type *)(memory + at);                 \
    at += ((int64_t)((count) * sizeof(type)) + 63) / 64 * 64; \
  } while (0)
  VB_TAKE(packed, double, d * ws->packed_count);
  VB_TAKE(distance, double, ws->packed_count);
  VB_TAKE(kept, int32_t, m + 1);
  VB_TAKE(means, float, d * mp);
  VB_TAKE(base, float, mp);
  VB_TAKE(prior, float, mp);
  VB_TAKE(mass, float, mp);
  VB_TAKE(local, float, m * dp);
  VB_TAKE(transposed, float, d * mp);
  VB_TAKE(drawn, float, p->draws * d);
  VB_TAKE(noise, float, block * dp);
  VB_TAKE(residual, float, block * dp);
  VB_TAKE(logits, float, block * mp);
  VB_TAKE(weights, float, block * mp);
  VB_TAKE(product, float, block * mp);
  VB_TAKE(gradient, float, m * dp);
#undef VB_TAKE
  return at;
}

int64_t vb_training_workspace(const vb_training_step *p) {
  vb_workspace ws;
  return vb_layout(p, 0, &ws);
}

// A component whose expected posterior weight is below e^-T may be skipped; M of them lose at most lost_weight.
// Unequal priors can favour a component by the ratio of the largest to the smallest.
static double vb_log_odds(const vb_training_step *p) {
  double low = 0, high = 0;
  for (int64_t j = 0; p->log_priors && j < p->component_count; j++) {
    double value = p->log_priors[j];
    low = j == 0 || value < low ? value : low;
    high = j == 0 || value > high ? value : high;
  }
  return log(1.5 * (double)p->component_count / p->lost_weight) + (high - low);
}

// Squared distance beyond which a component's expected weight is below e^-T.
//
// Against the nearest component its weight is at most min(1, exp(-a + b z)), z ~ N(0, 1), with
//   a = c (r - r0)(r + r0),  c = alpha^2 / (2 V),  b = k |m_j - m_0| <= k (r + r0),  k = alpha sigma / V,
// r and r0 the distances of x from the two means. Its expectation is at most
//   1.5 exp(b^2 / 2 - a) if a >= b^2, and exp(-a^2 / (2 b^2)) otherwise;
// both bounds fall with r, and meet where a = b^2. The limit is where the bound in force reaches e^-T.
static double vb_prune_limit(double nearest, double alpha, double sigma, double v, double t) {
  double r0 = sqrt(nearest), c = alpha * alpha / (2 * v), k2 = alpha * alpha * sigma * sigma / (v * v);
  if (c <= 0) return INFINITY;
  double far = r0 + sqrt(2 * t * k2) / c;  // a^2 / (2 b^2) = T
  double limit = far;
  if (c > k2 && far >= r0 * (c + k2) / (c - k2)) {  // there a >= b^2: solve a - b^2 / 2 = T instead
    double quadratic = c - k2 / 2, linear = k2 * r0, constant = (c + k2 / 2) * nearest + t;
    limit = (linear + sqrt(linear * linear + 4 * quadratic * constant)) / (2 * quadratic);
  }
  return limit * limit;
}

#define VB_BODY "training_step.inc.h"
#include "each_isa.h"

void vb_training_range(const vb_training_step *p, int64_t first, int64_t last, void *workspace, double *gradient,
                       double *loss, vb_training_counts *counts) {
  vb_workspace ws;
  vb_layout(p, workspace, &ws);
  for (int64_t k = 0; k < p->dimension; k++)
    for (int64_t j = 0; j < ws.packed_count; j++)
      ws.packed[k * ws.packed_count + j] = j < p->component_count ? p->means[j * p->dimension + k] : 1e150;
  int64_t mp = vb_padded(p->component_count);
  for (int64_t k = 0; k < p->dimension; k++)
    for (int64_t j = 0; j < mp; j++)
      ws.means[k * mp + j] = j < p->component_count ? (float)p->means[j * p->dimension + k] : 0;
#if defined(VB_X86)
  if (vb_isa_level() == 4) return training_range_v4(p, first, last, &ws, gradient, loss, counts);
  if (vb_isa_level() == 3) return training_range_v3(p, first, last, &ws, gradient, loss, counts);
#endif
  training_range_base(p, first, last, &ws, gradient, loss, counts);
}

double vb_training_products(const vb_training_step *p, int64_t samples, void *workspace) {
  vb_workspace ws;
  memset(workspace, 0, (size_t)vb_layout(p, workspace, &ws));
#if defined(VB_X86)
  if (vb_isa_level() == 4)
    products_v4(p, samples, &ws);
  else if (vb_isa_level() == 3)
    products_v3(p, samples, &ws);
  else
#endif
    products_base(p, samples, &ws);
  return 10.0 * (double)samples * (double)p->draws * (double)p->component_count * (double)p->dimension;
}

int64_t vb_training_time_index(uint64_t key, uint32_t step, uint32_t sample, int64_t time_count) {
  uint32_t counter[4] = {0, sample, step, 1}, random[4];
  vb_philox(key, counter, random);
  return (int64_t)(((uint64_t)random[0] * (uint64_t)time_count) >> 32);
}

void vb_training_noise(uint64_t key, uint32_t step, uint32_t sample, float *out, int64_t count) {
  uint32_t stream[3] = {sample, step, 0};
  vb_normals(key, stream, out, count);
}
