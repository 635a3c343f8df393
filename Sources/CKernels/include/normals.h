// SPDX-License-Identifier: MIT
#ifndef VERBATIM_NORMALS_H
#define VERBATIM_NORMALS_H
#include <stdint.h>
#endif
