// SPDX-License-Identifier: MIT
// Body of optimizer.c, included once per instruction set: plain loops for the vectorizer.

static void VB_NAME(update)(const vb_update *u, int64_t count, const double *restrict gradient,
                            double *restrict first, double *restrict second, double *restrict average,
                            double *restrict parameters) {
  for (int64_t i = 0; i < count; i++) {
    double g = gradient[i] * u->scale;
    first[i] = u->beta1 * first[i] + (1 - u->beta1) * g;
    second[i] = u->beta2 * second[i] + (1 - u->beta2) * g * g;
    double step = -u->rate * (first[i] / u->correction1) / (__builtin_sqrt(second[i] / u->correction2) + u->epsilon);
    average[i] = u->decay * average[i] + (1 - u->decay) * step;
    parameters[i] += average[i] / u->debias;
  }
}

static void VB_NAME(add)(double *restrict into, const double *restrict part, int64_t count) {
  for (int64_t i = 0; i < count; i++) into[i] += part[i];
}

static double VB_NAME(squares)(const double *values, int64_t count) {
  vd total[4] = {0, 0, 0, 0};
  int64_t i = 0;
  for (; i + 32 <= count; i += 32)
    for (int v = 0; v < 4; v++) {
      vd x = *(const vd_u *)(values + i + 8 * v);
      total[v] += x * x;
    }
  double sum = 0;
  vd all = (total[0] + total[1]) + (total[2] + total[3]);
  for (int k = 0; k < 8; k++) sum += all[k];
  for (; i < count; i++) sum += values[i] * values[i];
  return sum;
}
