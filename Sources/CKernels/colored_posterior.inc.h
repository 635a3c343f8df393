// SPDX-License-Identifier: MIT
// Body of colored_posterior.c, included once per instruction set.

#include "template_rows.inc.h"

VB_INLINE double VB_NAME(squares_of)(int width, int64_t padded, const double *t, const double *x, const double *beta) {
  vd even[3] = {0, 0, 0}, odd[3] = {0, 0, 0};
  for (int64_t k = 0; k < padded; k += 16) {
    vd t0 = *(const vd_u *)(t + k), t1 = *(const vd_u *)(t + k + 8);
#pragma clang loop unroll(full)
    for (int c = 0; c < width; c++) {
      vd r0 = *(const vd_u *)(x + c * padded + k) - beta[c] * t0;
      vd r1 = *(const vd_u *)(x + c * padded + k + 8) - beta[c] * t1;
      even[c] += r0 * r0;
      odd[c] += r1 * r1;
    }
  }
  vd all = 0;
  for (int c = 0; c < width; c++) all += even[c] + odd[c];
  return VB_NAME(sum8)(all);
}

// sum over the channels of |x_c - beta_c t|^2.
static double VB_NAME(squares)(int64_t channels, int64_t padded, const double *t, const double *x,
                               const double *beta) {
  double total = 0;
#define VB_CALL(W) total += VB_NAME(squares_of)(W, padded, t, x + c * padded, beta + c)
  VB_BY_CHANNELS(channels, VB_CALL);
#undef VB_CALL
  return total;
}

// Logits of all components for the padded point x; beta (M, C) gets the multiples of T closest to it a posteriori.
static void VB_NAME(logits)(const vb_colored_mixture *m, const double *x, double *beta, double *logits) {
  int64_t channels = m->channels, padded = vb_colored_padded(m->pixels);
  double a = m->alpha, g2 = m->sigma * m->sigma, s = m->variance;
  for (int64_t j = 0; j < m->components; j++) {
    const double *t = m->templates + j * padded, *u = m->color_means + j * channels;
    double *b = beta + j * channels, q = a * a * s * m->squares[j] + g2, colors = 0;
    // Factors first: points however far must not meet infinity times zero.
    double pull = a * a * s / q, root = a * sqrt(s) / q;
    VB_NAME(dots)(channels, padded, t, x, b);
    for (int64_t c = 0; c < channels; c++) {
      double along = b[c] - a * u[c] * m->squares[j];
      colors += (root * along) * (root * along);
      b[c] = a * u[c] + pull * along;
    }
    double squares = VB_NAME(squares)(channels, padded, t, x, b) / g2 + colors;
    logits[j] = m->log_priors[j] - 0.5 * (squares + m->determinants * log1p(a * a * s * m->squares[j] / g2));
  }
}

// Logits -> weights in place. Points so far out that every logit is -infinity get equal weights.
static void VB_NAME(normalize)(int64_t count, double *weights) {
  double top = -INFINITY, total = 0;
  for (int64_t j = 0; j < count; j++) top = weights[j] > top ? weights[j] : top;
  for (int64_t j = 0; j < count; j++) {
    weights[j] = top == -INFINITY && weights[j] == top ? 1 : exp(weights[j] - top);
    total += weights[j];
  }
  for (int64_t j = 0; j < count; j++) weights[j] /= total;
}

// Adds weight times one component's clean image and residual, one channel.
static void VB_NAME(accumulate)(int64_t padded, const double *t, const double *x, double weight, double beta,
                                double *clean, double *residual) {
  for (int64_t k = 0; k < padded; k += 8) {
    vd image = beta * *(const vd_u *)(t + k);
    *(vd_u *)(clean + k) += weight * image;
    *(vd_u *)(residual + k) += weight * (*(const vd_u *)(x + k) - image);
  }
}

static void VB_NAME(colored)(const vb_colored_mixture *m, const double *points, int64_t count, double *clean,
                             double *noise, double *weights, double *scratch) {
  int64_t channels = m->channels, pixels = m->pixels, padded = vb_colored_padded(pixels), image = channels * padded;
  double *x = scratch, *sums = x + image, *residuals = sums + image, *beta = residuals + image;
  double *w = beta + m->components * channels;
  memset(x, 0, (size_t)image * sizeof(double));
  for (int64_t i = 0; i < count; i++) {
    for (int64_t c = 0; c < channels; c++)
      memcpy(x + c * padded, points + (i * channels + c) * pixels, (size_t)pixels * sizeof(double));
    VB_NAME(logits)(m, x, beta, w);
    VB_NAME(normalize)(m->components, w);
    if (weights) {
      memcpy(weights + i * m->components, w, (size_t)m->components * sizeof(double));
      continue;
    }
    memset(sums, 0, (size_t)(2 * image) * sizeof(double));
    for (int64_t j = 0; j < m->components; j++)
      for (int64_t c = 0; c < channels && w[j] != 0; c++)
        VB_NAME(accumulate)(padded, m->templates + j * padded, x + c * padded, w[j], beta[j * channels + c],
                            sums + c * padded, residuals + c * padded);
    for (int64_t c = 0; c < channels; c++)
      for (int64_t k = 0; k < pixels; k++) {
        clean[(i * channels + c) * pixels + k] = sums[c * padded + k] / m->alpha;
        noise[(i * channels + c) * pixels + k] = residuals[c * padded + k] / m->sigma;
      }
  }
}
