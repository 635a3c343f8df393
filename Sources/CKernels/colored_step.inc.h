// SPDX-License-Identifier: MIT
// Body of colored_step.c, included once per instruction set.
//
// A sample is c (x) B, with B = a T + n and n orthogonal to T, so that a change of scale T -> k T, u -> u / k and a
// memorized sample cost no digits. With rho = sigma / alpha, q = s |T|^2 + rho^2 and, per channel,
//   d = u - c a,  e = <T, noise>,  f = <n, noise> = <B, noise> - a e
//   pi    = rho e - d |T|^2,  tau = (rho^2 d + s rho e) / q,  b = u + s pi / q
//   logit = sum_c [ -c^2 |n|^2 / (2 rho^2) - c f / rho + (rho d e + s e^2 / 2 - d^2 |T|^2 / 2) / q ]
//           - F log(1 + s |T|^2 / rho^2) / 2                              (up to terms equal for all components)
//   error = clean estimate - sample = sum_j w_j (tau_j T_j - c n_j),  y - b T = rho noise - tau T + c n
// and the gradient is that of the twin. Screening projects the noise in Float, all else is in double precision.

#include "gemm.inc.h"
#include "template_rows.inc.h"
#include "colored_rows.inc.h"
#include "colored_screen.inc.h"

// Everything scalar about the kept components, and their weights.
static void VB_NAME(weigh)(const vb_colored_step *p, const vb_colored_tables_t *t, const vb_colored_workspace_t *ws,
                           const VB_NAME(colored_constants) *k, int64_t label, const double *colors, int64_t n) {
  int64_t channels = p->channels;
  const double *base = t->base + label * t->padded;
  double *behind = ws->cross;  // <B, noise>, until `cross` is needed
  double rho = k->rho, s = k->s, top = -INFINITY, total = 0;
  VB_NAME(dots)(channels, t->padded, base, ws->noise, behind);
  for (int64_t a = 0; a < n; a++) {
    int64_t j = ws->kept[a];
    double squares = t->squares[j], share = t->share[label * t->lanes + j], q = s * squares + k->rho2;
    double across = t->across[label * t->lanes + j], logit = -0.5 * p->determinants * log1p(s * squares / k->rho2);
    double *along = ws->along + a * channels;
    VB_NAME(dots)(channels, t->padded, t->rows + j * t->padded, ws->noise, along);
    for (int64_t c = 0; c < channels; c++) {
      double u = p->color_means[j * channels + c], e = along[c], d = u - colors[c] * share, f = behind[c] - share * e;
      double pull = rho * e - d * squares;
      ws->pull[a * channels + c] = pull;
      ws->shift[a * channels + c] = (k->rho2 * d + s * rho * e) / q;
      ws->color[a * channels + c] = u + s * pull / q;
      logit += (rho * d * e + 0.5 * s * e * e - 0.5 * d * d * squares) / q
               - colors[c] * (0.5 * colors[c] * across / rho + f) / rho;
    }
    ws->weights[a] = logit;
    top = logit > top ? logit : top;
  }
  for (int64_t a = 0; a < n; a++) total += ws->weights[a] = exp(ws->weights[a] - top);
  for (int64_t a = 0; a < n; a++) ws->weights[a] /= total;
}

// error = sum_a w_a (tau_a T_a - c n_a) and its inner products with every T_a and n_a; adds to the loss.
static void VB_NAME(compare)(const vb_colored_step *p, const vb_colored_tables_t *t, const vb_colored_workspace_t *ws,
                             const VB_NAME(colored_constants) *k, int64_t label, const double *colors, int64_t n,
                             double *loss) {
  int64_t channels = p->channels, image = channels * t->padded;
  const double *base = t->base + label * t->padded;
  double on_t[channels], on_n[channels], squared;
  memset(ws->error, 0, (size_t)image * sizeof(double));
  for (int64_t a = 0; a < n; a++) {
    int64_t j = ws->kept[a];
    for (int64_t c = 0; c < channels; c++) {
      on_t[c] = ws->weights[a] * ws->shift[a * channels + c];
      on_n[c] = -ws->weights[a] * colors[c];
    }
    VB_NAME(add_residual)(channels, t->padded, t->rows + j * t->padded, base, t->share[label * t->lanes + j], on_t, on_n,
                          ws->error);
  }
  VB_NAME(dots)(1, image, ws->error, ws->error, &squared);
  *loss += k->scale * k->omega * squared;
  for (int64_t a = 0; a < n; a++) {
    int64_t j = ws->kept[a];
    VB_NAME(both_dots)(channels, t->padded, t->rows + j * t->padded, base, t->share[label * t->lanes + j], ws->error,
                       ws->slope + a * channels, ws->cross + a * channels);
  }
}

// Adds the derivatives by the parameters of the a-th kept component; delta = dloss / dlogit.
static void VB_NAME(descend)(const vb_colored_step *p, const vb_colored_tables_t *t, const vb_colored_workspace_t *ws,
                             const VB_NAME(colored_constants) *k, int64_t label, const double *colors, int64_t a,
                             double delta, double *gradient) {
  int64_t channels = p->channels, pixels = p->pixels, m = p->component_count, j = ws->kept[a];
  double w = ws->weights[a], s = k->s, twice = 2 * k->omega * k->scale;
  double squares = t->squares[j], q = s * squares + k->rho2, on_error[channels], on_noise[channels];
  double on_t = -delta * p->determinants * s / q, on_n = 0, slope = -delta * p->determinants * squares / (2 * q);
  for (int64_t c = 0; c < channels; c++) {
    double b = ws->color[a * channels + c], pull = ws->pull[a * channels + c];
    double h = w * twice * ws->slope[a * channels + c], kappa = h * s / q + delta * b / k->rho2;
    on_error[c] = w * b * twice;
    on_noise[c] = kappa * k->rho;
    on_t -= kappa * ws->shift[a * channels + c] + h * b * s / q;
    on_n += kappa * colors[c];
    gradient[m * pixels + j * channels + c] += (h * k->rho2 + delta * pull) / q;
    slope += h * k->rho2 * pull / (q * q) + delta * pull * pull / (2 * q * q);
  }
  gradient[m * (pixels + channels)] += 2 * p->std * slope;
  VB_NAME(add_gradient)(channels, pixels, t->padded, t->rows + j * t->padded, t->base + label * t->padded,
                        t->share[label * t->lanes + j], on_t, on_n, ws->error, on_error, ws->noise, on_noise,
                        gradient + j * pixels);
}

// One draw of one sample with its n kept components.
static void VB_NAME(draw)(const vb_colored_step *p, const vb_colored_tables_t *t, const vb_colored_workspace_t *ws,
                          const VB_NAME(colored_constants) *k, int64_t i, const float *noise, int64_t n,
                          double *gradient, double *loss) {
  int64_t channels = p->channels, label = p->labels[i];
  const double *colors = p->colors + i * channels;
  double average = 0, twice = 2 * k->omega * k->scale;
  for (int64_t c = 0; c < channels; c++)
    for (int64_t pixel = 0; pixel < p->pixels; pixel++)
      ws->noise[c * t->padded + pixel] = noise[c * p->pixels + pixel];
  VB_NAME(weigh)(p, t, ws, k, label, colors, n);
  VB_NAME(compare)(p, t, ws, k, label, colors, n, loss);
  for (int64_t a = 0; a < n; a++) {
    ws->inner[a] = 0;
    for (int64_t c = 0; c < channels; c++)
      ws->inner[a] += ws->shift[a * channels + c] * ws->slope[a * channels + c] - colors[c] * ws->cross[a * channels + c];
    average += ws->weights[a] * ws->inner[a];
  }
  for (int64_t a = 0; a < n; a++)
    VB_NAME(descend)(p, t, ws, k, label, colors, a, twice * ws->weights[a] * (ws->inner[a] - average), gradient);
}

static void VB_NAME(colored_range)(const vb_colored_step *p, int64_t first, int64_t last, const vb_colored_tables_t *t,
                                   const vb_colored_workspace_t *ws, double *gradient, double *loss, int64_t *active) {
  int64_t channels = p->channels, image = channels * p->pixels, group = block_samples(p), draws = p->draws;
  VB_NAME(colored_constants) k = {0, 0, p->std * p->std, 0, 0, 1.0 / ((double)p->sample_count * (double)draws)};
  k.limit = log((double)p->component_count / p->lost_weight) + 0.1 * (1 + p->determinants);
  memset(ws->noise, 0, (size_t)(channels * t->padded) * sizeof(double));
  for (int64_t j = 0; j < p->component_count; j++) ws->kept[j] = (int32_t)j;
  for (int64_t start = first; start < last; start += group) {
    int64_t samples = last - start < group ? last - start : group;
    const float *noise = p->fixed_noise ? p->fixed_noise + start * draws * image : ws->drawn;
    for (int64_t i = 0; i < samples && !p->fixed_noise; i++)
      vb_training_noise(p->key, p->step, (uint32_t)(start + i), ws->drawn + i * draws * image, draws * image);
    for (int64_t row = 0; row < samples * draws; row++) {
      int64_t i = start + row / draws, in_block = row % VB_COLORED_BLOCK, n = p->component_count;
      int64_t left = samples * draws - row, block = left < VB_COLORED_BLOCK ? left : VB_COLORED_BLOCK;
      if (p->prune && in_block == 0)
        VB_NAME(gemm)(block * channels, t->width / VB_LANES, p->pixels, noise + row * image, p->pixels, 1, t->columns,
                      t->width, ws->projections, t->width, 0);
      int64_t index = p->fixed_times ? p->fixed_times[i]
                                     : vb_training_time_index(p->key, p->step, (uint32_t)i, p->time_count);
      k.rho = p->sigma[index] / p->alpha[index];
      k.rho2 = k.rho * k.rho;
      k.omega = p->weight[index] / (p->sigma[index] * p->sigma[index]);
      if (p->prune)
        n = VB_NAME(select)(p, t, ws, &k, p->labels[i], p->colors + i * channels,
                            ws->projections + in_block * channels * t->width);
      *active += n;
      VB_NAME(draw)(p, t, ws, &k, i, noise + row * image, n, gradient, loss);
    }
  }
}
