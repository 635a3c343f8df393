// SPDX-License-Identifier: MIT
// C kernels that Swift cannot reach the speed of. Each has a naive twin in Swift (tests).
#ifndef VERBATIM_CKERNELS_H
#define VERBATIM_CKERNELS_H
#include <stdint.h>
#endif
