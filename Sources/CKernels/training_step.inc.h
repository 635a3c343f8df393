// SPDX-License-Identifier: MIT
// Body of training_step.c, included once per instruction set.
//
// Local coordinates: B_a = m_a - x, so that nothing of the size of x cancels. With b = sum_a w_a B_a,
//   logit_a = -(alpha^2 D_a) / (2 V) + (alpha sigma / V) <e, B_a>        (up to terms equal for all a)
//   w       = softmax_a(log p_a + logit_a)
//   g       = -sigma b - alpha s e,   loss = W |g|^2 / V^2,   h = dloss/db = c g,  c = -2 W sigma / V^2
//   delta_a = w_a (<h, B_a> - sum_b w_b <h, B_b>)                        dloss / dlogit_a
//   dloss/dm_a = sum_draws [ w_a h + delta_a (alpha / V) (sigma e - alpha B_a) ]
//   dloss/ds   = -(2 W alpha sigma / V^3) [ (alpha^2 s - sigma^2) <b, e> + alpha sigma |b|^2 - alpha s sigma |e|^2 ]
//                - (alpha^2 / V) sum_a delta_a logit_a

#include "gemm.inc.h"

VB_INLINE float VB_NAME(sum)(vf x) {
  typedef float v8 __attribute__((ext_vector_type(8)));
  typedef float v4 __attribute__((ext_vector_type(4)));
  v8 a = x.lo + x.hi;
  v4 b = a.lo + a.hi;
  return (b.x + b.z) + (b.y + b.w);
}

VB_INLINE float VB_NAME(maximum)(vf x) {
  typedef float v8 __attribute__((ext_vector_type(8)));
  typedef float v4 __attribute__((ext_vector_type(4)));
  v8 a = __builtin_elementwise_max(x.lo, x.hi);
  v4 b = __builtin_elementwise_max(a.lo, a.hi);
  float p = b.x > b.z ? b.x : b.z, q = b.y > b.w ? b.y : b.w;
  return p > q ? p : q;
}

// e^x for x <= 0; below -87 the result is 0. Cody-Waite reduction, degree 6, relative error below 2e-7.
VB_INLINE vf VB_NAME(exp)(vf x) {
  vi dead = x < -87.0f;
  x = __builtin_elementwise_max(x, (vf)-87.0f);
  vf n = x * 1.44269504088896f + 12582912.0f;
  vi exponent = __builtin_bit_cast(vi, n) << 23;
  n -= 12582912.0f;
  vf r = x - n * 0.693359375f;
  r -= n * -2.12194440e-4f;
  vf p = 1.0f / 720;
  p = p * r + 1.0f / 120;
  p = p * r + 1.0f / 24;
  p = p * r + 1.0f / 6;
  p = p * r + 0.5f;
  p = p * r + 1.0f;
  p = p * r + 1.0f;
  return __builtin_bit_cast(vf, (__builtin_bit_cast(vi, p) + exponent) & ~dead);
}

// Squared distances from one sample to all means, by direct differences in double. packed: (d, padded M).
VB_INLINE void VB_NAME(distances)(int64_t d, int64_t padded, const double *x, const double *packed, double *out) {
  int64_t j = 0;
  for (; j + 32 <= padded; j += 32) {
    vd acc[4] = {0, 0, 0, 0};
    for (int64_t k = 0; k < d; k++) {
      const vd *m = (const vd *)(packed + k * padded + j);
#pragma clang loop unroll(full)
      for (int v = 0; v < 4; v++) {
        vd difference = m[v] - x[k];
        acc[v] += difference * difference;
      }
    }
    for (int v = 0; v < 4; v++) ((vd *)(out + j))[v] = acc[v];
  }
  for (; j < padded; j += 8) {
    vd acc = 0;
    for (int64_t k = 0; k < d; k++) {
      vd difference = *(const vd *)(packed + k * padded + j) - x[k];
      acc += difference * difference;
    }
    *(vd *)(out + j) = acc;
  }
}

typedef struct {
  double alpha, sigma, s, v, w;  // s: shared variance, v: alpha^2 s + sigma^2, w: loss weight
  double tilt;                   // alpha sigma / V
} VB_NAME(time_constants);

// Local coordinates of the kept components: B (n, padded d), its transpose (d, padded n), base logits (padded n).
VB_INLINE void VB_NAME(gather)(const vb_training_step *p, const vb_workspace *ws, const VB_NAME(time_constants) *t,
                               const double *x, int64_t n, double nearest) {
  int64_t d = p->dimension, dp = ws->dp, np = vb_padded(n);
  double fall = t->alpha * t->alpha / (2 * t->v);
  for (int64_t a = 0; a < n; a++) {
    int64_t j = ws->kept[a];
    const double *m = p->means + j * d;
    float *row = ws->local + a * dp;
    for (int64_t k = 0; k < d; k++) row[k] = (float)(m[k] - x[k]);
    for (int64_t k = d; k < dp; k++) row[k] = 0;
    ws->base[a] = (float)(-fall * (ws->distance[j] - nearest));
  }
  for (int64_t a = n; a < np; a++) ws->base[a] = -1e30f;
  memset(ws->prior, 0, (size_t)np * sizeof(float));
  if (p->log_priors)
    for (int64_t a = 0; a < n; a++) ws->prior[a] = (float)p->log_priors[ws->kept[a]];
  // The transpose from the packed means: a strided read of `local` would miss the cache line by line.
  for (int64_t k = 0; k < d; k++) {
    float *column = ws->transposed + k * np;
    const double *packed = ws->packed + k * ws->packed_count;
    if (n == p->component_count)
      for (int64_t a = 0; a < n; a++) column[a] = (float)(packed[a] - x[k]);
    else
      for (int64_t a = 0; a < n; a++) column[a] = (float)(packed[ws->kept[a]] - x[k]);
    for (int64_t a = n; a < np; a++) column[a] = 0;
  }
}

// Rows of inner products -> shifted logits (kept for the gradient of s) and posterior weights.
VB_INLINE void VB_NAME(softmax_rows)(int64_t rows, int64_t np, float tilt, const float *base, const float *prior,
                                     float *logits, float *weights) {
  for (int64_t r = 0; r < rows; r++) {
    vf *l = (vf *)(logits + r * np), *w = (vf *)(weights + r * np);
    const vf *b = (const vf *)base, *lp = (const vf *)prior;
    vf top = -1e30f;
    for (int64_t v = 0; v < np / VB_LANES; v++) {
      l[v] = b[v] + tilt * l[v];
      top = __builtin_elementwise_max(top, l[v] + lp[v]);
    }
    float m = VB_NAME(maximum)(top);
    vf total = 0;
    for (int64_t v = 0; v < np / VB_LANES; v++) {
      l[v] -= m;
      w[v] = VB_NAME(exp)(l[v] + lp[v]);
      total += w[v];
    }
    float scale = 1.0f / VB_NAME(sum)(total);
    for (int64_t v = 0; v < np / VB_LANES; v++) w[v] *= scale;
  }
}

// Posterior means b -> h = c g in place; adds <b,b>, <b,e>, <e,e> over the rows to sums.
VB_INLINE void VB_NAME(residual_rows)(int64_t rows, int64_t dp, const float *e, float *b, float on_b, float on_e,
                                      double sums[3]) {
  vf bb = 0, be = 0, ee = 0;
  for (int64_t i = 0; i < rows * dp / VB_LANES; i++) {
    vf x = ((vf *)b)[i], n = ((const vf *)e)[i];
    bb += x * x;
    be += x * n;
    ee += n * n;
    ((vf *)b)[i] = on_b * x + on_e * n;
  }
  sums[0] += VB_NAME(sum)(bb);
  sums[1] += VB_NAME(sum)(be);
  sums[2] += VB_NAME(sum)(ee);
}

// <h, B_a> -> delta_a * tilt in place; adds sum of delta * logit, and delta per component to `mass`.
VB_INLINE double VB_NAME(delta_rows)(int64_t rows, int64_t np, float tilt, const float *weights, const float *logits,
                                     float *q, float *mass) {
  vf moment = 0;
  for (int64_t r = 0; r < rows; r++) {
    const vf *w = (const vf *)(weights + r * np), *l = (const vf *)(logits + r * np);
    vf *row = (vf *)(q + r * np), mean = 0;
    for (int64_t v = 0; v < np / VB_LANES; v++) mean += w[v] * row[v];
    float average = VB_NAME(sum)(mean);
    for (int64_t v = 0; v < np / VB_LANES; v++) {
      vf delta = w[v] * (row[v] - average);
      // a padded or dead component has weight 0 and a logit of -1e30: keep their product out
      moment += delta * __builtin_elementwise_max(l[v], (vf)-1e4f);
      ((vf *)mass)[v] += delta;
      row[v] = delta * tilt;
    }
  }
  return VB_NAME(sum)(moment);
}

// Copies draws into rows padded with zeros.
VB_INLINE void VB_NAME(load_noise)(const vb_workspace *ws, int64_t rows, int64_t d, const float *noise) {
  for (int64_t r = 0; r < rows; r++) {
    memcpy(ws->noise + r * ws->dp, noise + r * d, (size_t)d * sizeof(float));
    for (int64_t k = d; k < ws->dp; k++) ws->noise[r * ws->dp + k] = 0;
  }
}

// Keeps the components whose posterior weight exceeds e^-t in some row of the block; returns their number.
// Screening uses <e, m> in place of <e, m - x>: the difference is equal for all components, and the digits
// it costs (an error of about 1e-6 alpha sigma / V in a logit) are nothing against t.
VB_INLINE int64_t VB_NAME(screen)(const vb_training_step *p, const vb_workspace *ws,
                                  const VB_NAME(time_constants) *t, int64_t rows, double nearest, double odds) {
  int64_t m = p->component_count, mp = vb_padded(m), mv = mp / VB_LANES;
  float fall = (float)(t->alpha * t->alpha / (2 * t->v)), tilt = (float)t->tilt;
  for (int64_t j = 0; j < m; j++) ws->base[j] = -fall * (float)(ws->distance[j] - nearest);
  if (p->log_priors)
    for (int64_t j = 0; j < m; j++) ws->base[j] += (float)p->log_priors[j];
  for (int64_t j = m; j < mp; j++) ws->base[j] = -1e30f;
  for (int64_t v = 0; v < mv; v++) ((vf *)ws->mass)[v] = -1e30f;
  VB_NAME(gemm)(rows, mv, p->dimension, ws->noise, ws->dp, 1, ws->means, mp, ws->logits, mp, 0);
  const vf *base = (const vf *)ws->base;
  for (int64_t r = 0; r < rows; r++) {
    vf *l = (vf *)(ws->logits + r * mp), top = -1e30f;
    for (int64_t v = 0; v < mv; v++) {
      l[v] = base[v] + tilt * l[v];
      top = __builtin_elementwise_max(top, l[v]);
    }
    float highest = VB_NAME(maximum)(top);
    for (int64_t v = 0; v < mv; v++)
      ((vf *)ws->mass)[v] = __builtin_elementwise_max(((vf *)ws->mass)[v], l[v] - highest);
  }
  int64_t n = 0;
  float limit = -(float)odds;
  for (int64_t j = 0; j < m; j++) {
    ws->kept[n] = (int32_t)j;
    n += ws->mass[j] > limit;
  }
  return n;
}

// A block of draws (in ws->noise) against the n gathered components; with `add` the block's share joins that of
// the blocks before it in ws->gradient and ws->mass, which vb flush adds to the gradient.
VB_INLINE void VB_NAME(block)(const vb_training_step *p, const vb_workspace *ws, const VB_NAME(time_constants) *t,
                              int64_t n, int64_t rows, double scale, int add, double *gradient, double *loss) {
  int64_t d = p->dimension, dp = ws->dp, np = vb_padded(n), nv = np / VB_LANES, dv = dp / VB_LANES;
  double a = t->alpha, g = t->sigma, s = t->s, v = t->v, c = -2 * t->w * g / (v * v);
  double sums[3] = {0, 0, 0};
  if (!add) memset(ws->mass, 0, (size_t)np * sizeof(float));
  VB_NAME(gemm)(rows, nv, d, ws->noise, dp, 1, ws->transposed, np, ws->logits, np, 0);
  VB_NAME(softmax_rows)(rows, np, (float)t->tilt, ws->base, ws->prior, ws->logits, ws->weights);
  VB_NAME(gemm)(rows, dv, n, ws->weights, np, 1, ws->local, dp, ws->residual, dp, 0);
  VB_NAME(residual_rows)(rows, dp, ws->noise, ws->residual, (float)(-c * g), (float)(-c * a * s), sums);
  VB_NAME(gemm)(rows, nv, d, ws->residual, dp, 1, ws->transposed, np, ws->product, np, 0);
  double moment = VB_NAME(delta_rows)(rows, np, (float)t->tilt, ws->weights, ws->logits, ws->product, ws->mass);
  VB_NAME(gemm)(n, dv, rows, ws->weights, 1, np, ws->residual, dp, ws->gradient, dp, add);
  VB_NAME(gemm)(n, dv, rows, ws->product, 1, np, ws->noise, dp, ws->gradient, dp, 1);
  *loss += scale * t->w / (v * v) * (g * g * sums[0] + 2 * g * a * s * sums[1] + a * a * s * s * sums[2]);
  double slope = -2 * t->w * a * g / (v * v * v) * ((a * a * s - g * g) * sums[1] + a * g * sums[0] - a * s * g * sums[2])
                 - a * a / v * moment;
  gradient[p->component_count * d] += scale * slope * 2 * p->std;
}

// Adds the accumulated tile of the n gathered components to the gradient of the means.
VB_INLINE void VB_NAME(flush)(const vb_training_step *p, const vb_workspace *ws, const VB_NAME(time_constants) *t,
                              int64_t n, double scale, double *gradient) {
  int64_t d = p->dimension, dp = ws->dp;
  for (int64_t a = 0; a < n; a++) {
    double *into = gradient + ws->kept[a] * d;
    double pull = -t->alpha * t->alpha / t->v * ws->mass[a];
    const float *row = ws->gradient + a * dp, *local = ws->local + a * dp;
    for (int64_t k = 0; k < d; k++) into[k] += scale * (row[k] + pull * local[k]);
  }
}

// All draws of one sample, every component.
VB_INLINE void VB_NAME(dense)(const vb_training_step *p, const vb_workspace *ws, const VB_NAME(time_constants) *t,
                              const double *x, const float *noise, double nearest, double scale, double *gradient,
                              double *loss) {
  int64_t m = p->component_count;
  for (int64_t j = 0; j < m; j++) ws->kept[j] = (int32_t)j;
  VB_NAME(gather)(p, ws, t, x, m, nearest);
  for (int64_t start = 0; start < p->draws; start += VB_DRAW_BLOCK) {
    int64_t rows = p->draws - start < VB_DRAW_BLOCK ? p->draws - start : VB_DRAW_BLOCK;
    VB_NAME(load_noise)(ws, rows, p->dimension, noise + start * p->dimension);
    VB_NAME(block)(p, ws, t, m, rows, scale, start > 0, gradient, loss);
  }
  VB_NAME(flush)(p, ws, t, m, scale, gradient);
}

// All draws of one sample, in each block of draws only the components that carry weight there.
VB_INLINE int64_t VB_NAME(screened)(const vb_training_step *p, const vb_workspace *ws,
                                    const VB_NAME(time_constants) *t, const double *x, const float *noise,
                                    double nearest, double scale, double *gradient, double *loss) {
  int64_t kept = 0, blocks = 0;
  double odds = log((double)p->component_count / p->lost_weight);
  for (int64_t start = 0; start < p->draws; start += VB_SCREEN_BLOCK, blocks++) {
    int64_t rows = p->draws - start < VB_SCREEN_BLOCK ? p->draws - start : VB_SCREEN_BLOCK;
    VB_NAME(load_noise)(ws, rows, p->dimension, noise + start * p->dimension);
    int64_t n = VB_NAME(screen)(p, ws, t, rows, nearest, odds);
    VB_NAME(gather)(p, ws, t, x, n, nearest);
    VB_NAME(block)(p, ws, t, n, rows, scale, 0, gradient, loss);
    VB_NAME(flush)(p, ws, t, n, scale, gradient);
    kept += n;
  }
  return kept / blocks;
}

// One component left: the expectation over the noise, times the number of draws (`scale` divides by it).
VB_INLINE void VB_NAME(closed)(const vb_training_step *p, const VB_NAME(time_constants) *t, const double *x, int64_t j,
                               double distance, double scale, double *gradient, double *loss) {
  int64_t d = p->dimension;
  double a = t->alpha, g = t->sigma, s = t->s, v = t->v, draws = scale * (double)p->draws;
  *loss += draws * t->w / (v * v) * (g * g * distance + a * a * s * s * (double)d);
  double pull = draws * 2 * t->w * g * g / (v * v);
  for (int64_t k = 0; k < d; k++) gradient[j * d + k] += pull * (p->means[j * d + k] - x[k]);
  double slope = -2 * t->w * a * a * g * g / (v * v * v) * (distance - s * (double)d);
  gradient[p->component_count * d] += draws * slope * 2 * p->std;
}

static void VB_NAME(training_range)(const vb_training_step *p, int64_t first, int64_t last, vb_workspace *ws,
                                    double *gradient, double *loss, vb_training_counts *counts) {
  int64_t d = p->dimension, m = p->component_count;
  double scale = 1.0 / ((double)p->sample_count * (double)p->draws), odds = vb_log_odds(p);
  for (int64_t i = first; i < last; i++) {
    const double *x = p->samples + i * d;
    int64_t index = p->fixed_times ? p->fixed_times[i]
                                   : vb_training_time_index(p->key, p->step, (uint32_t)i, p->time_count);
    VB_NAME(time_constants) t = {p->alpha[index], p->sigma[index], p->std * p->std, 0, p->weight[index], 0};
    t.v = t.alpha * t.alpha * t.s + t.sigma * t.sigma;
    t.tilt = t.alpha * t.sigma / t.v;
    VB_NAME(distances)(d, ws->packed_count, x, ws->packed, ws->distance);
    double nearest = ws->distance[0];
    for (int64_t j = 1; j < m; j++) nearest = ws->distance[j] < nearest ? ws->distance[j] : nearest;
    if (p->closed_form) {
      double limit = vb_prune_limit(nearest, t.alpha, t.sigma, t.v, odds);
      int64_t n = 0, only = 0;
      for (int64_t j = 0; j < m; j++) {
        int near = ws->distance[j] <= limit;
        only = near ? j : only;
        n += near;
      }
      if (n == 1) {
        counts->closed_samples++;
        VB_NAME(closed)(p, &t, x, only, nearest, scale, gradient, loss);
        continue;
      }
    }
    const float *noise = ws->drawn;
    if (p->fixed_noise)
      noise = p->fixed_noise + i * p->draws * d;
    else
      vb_training_noise(p->key, p->step, (uint32_t)i, ws->drawn, p->draws * d);
    if (p->prune) {
      counts->active_components += VB_NAME(screened)(p, ws, &t, x, noise, nearest, scale, gradient, loss);
    } else {
      counts->active_components += m;
      VB_NAME(dense)(p, ws, &t, x, noise, nearest, scale, gradient, loss);
    }
  }
}

// The products of `dense` and nothing else.
static void VB_NAME(products)(const vb_training_step *p, int64_t samples, const vb_workspace *ws) {
  int64_t d = p->dimension, m = p->component_count, dp = ws->dp, mp = vb_padded(m);
  int64_t mv = mp / VB_LANES, dv = dp / VB_LANES;
  for (int64_t i = 0; i < samples; i++)
    for (int64_t start = 0; start < p->draws; start += VB_DRAW_BLOCK) {
      int64_t rows = p->draws - start < VB_DRAW_BLOCK ? p->draws - start : VB_DRAW_BLOCK;
      VB_NAME(gemm)(rows, mv, d, ws->noise, dp, 1, ws->transposed, mp, ws->logits, mp, 0);
      VB_NAME(gemm)(rows, dv, m, ws->weights, mp, 1, ws->local, dp, ws->residual, dp, 0);
      VB_NAME(gemm)(rows, mv, d, ws->residual, dp, 1, ws->transposed, mp, ws->product, mp, 0);
      VB_NAME(gemm)(m, dv, rows, ws->weights, 1, mp, ws->residual, dp, ws->gradient, dp, start > 0);
      VB_NAME(gemm)(m, dv, rows, ws->product, 1, mp, ws->noise, dp, ws->gradient, dp, 1);
    }
}
