#include "normals.h"
