// SPDX-License-Identifier: MIT
// What a training step knows of all components before it looks at one closely, included once per instruction set:
// the tables that the ranges share, and the choice of the components that matter in a draw.

typedef struct {
  double rho, rho2, s, omega;     // omega: weight of |error|^2
  double limit;                   // a component whose logit is this far below the largest may be skipped
  double scale;                   // 1 / (N draws)
} VB_NAME(colored_constants);

// What the ranges need to know of components first..<last.
static void VB_NAME(colored_tables)(const vb_colored_step *p, int64_t first, int64_t last, vb_colored_tables_t *t) {
  for (int64_t j = first; j < last; j++) {
    double *row = t->rows + j * t->padded;
    memcpy(row, p->templates + j * p->pixels, (size_t)p->pixels * sizeof(double));
    for (int64_t k = 0; k < p->pixels; k++) t->columns[k * t->width + j] = (float)row[k];
    for (int64_t c = 0; c < p->channels; c++) t->means[c * t->lanes + j] = p->color_means[j * p->channels + c];
    VB_NAME(dots)(1, t->padded, row, row, t->squares + j);
    for (int64_t k = 0; k < p->template_count; k++) {
      const double *base = t->base + k * t->padded;
      double inner, share;
      VB_NAME(dots)(1, t->padded, row, base, &inner);
      share = t->squares[j] > 0 ? inner / t->squares[j] : 0;  // a template of zeros is along nothing
      vd sum = 0;
      for (int64_t at = 0; at < t->padded; at += 8) {
        vd n = *(const vd_u *)(base + at) - share * *(const vd_u *)(row + at);
        sum += n * n;
      }
      t->share[k * t->lanes + j] = share;
      t->across[k * t->lanes + j] = VB_NAME(sum8)(sum);
    }
  }
}

// Keeps the components whose posterior weight may exceed lost_weight / M in this draw; returns their number.
// The logarithm is read off the bits of a float (error below 0.05), which `limit` allows for.
static int64_t VB_NAME(select)(const vb_colored_step *p, const vb_colored_tables_t *t, const vb_colored_workspace_t *ws,
                               const VB_NAME(colored_constants) *k, int64_t label, const double *colors,
                               const float *projections) {
  int64_t m = p->component_count, n = 0;
  const double *restrict squares = t->squares, *restrict share = t->share + label * t->lanes;
  const double *restrict across = t->across + label * t->lanes;
  double *restrict logits = ws->logits, *restrict inverse = ws->inverse;
  double rho = k->rho, s = k->s, bright = 0, top = -INFINITY;
  for (int64_t c = 0; c < p->channels; c++) bright += colors[c] * colors[c];
  for (int64_t j = 0; j < m; j++) {
    double q = s * squares[j] + k->rho2;
    float ratio = (float)(q / k->rho2);
    int32_t bits;
    memcpy(&bits, &ratio, sizeof(bits));
    inverse[j] = 1 / q;
    logits[j] = -0.5 * (bright * across[j] / k->rho2 + p->determinants * 0.6931471805599453 * ((double)bits * 0x1p-23 - 127));
  }
  for (int64_t c = 0; c < p->channels; c++) {
    const double *restrict means = t->means + c * t->lanes;
    const float *restrict noise = projections + c * t->width;
    double color = colors[c], base = noise[m + label], tilt = color / rho;
    for (int64_t j = 0; j < m; j++) {
      double e = noise[j], d = means[j] - color * share[j];
      logits[j] += inverse[j] * (rho * d * e + 0.5 * s * e * e - 0.5 * d * d * squares[j]) - tilt * (base - share[j] * e);
    }
  }
  for (int64_t j = 0; j < m; j++) top = logits[j] > top ? logits[j] : top;
  for (int64_t j = 0; j < m; j++) {
    ws->kept[n] = (int32_t)j;
    n += !(logits[j] < top - k->limit);  // what is not a number stays
  }
  return n;
}
