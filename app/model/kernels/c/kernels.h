/* The kernels as Python sees them, and what they share. Plain C11 and the stable ABI of
   Python 3.11, so that one build serves every later version. */

#ifndef MASKWRIGHT_KERNELS_H
#define MASKWRIGHT_KERNELS_H

#define PY_SSIZE_T_CLEAN
#ifndef Py_LIMITED_API
#define Py_LIMITED_API 0x030B0000
#endif
#include <Python.h>
#include <stdint.h>

/* The loops are written so that compilers turn them into vector instructions. Where one build can
   hold them for newer processors too, which of both runs is chosen when the module is loaded. */
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC optimize("O3")
#endif
#if defined(__GNUC__) && !defined(__clang__) && defined(__x86_64__) && defined(__GLIBC__)
#define FOR_EACH_PROCESSOR __attribute__((target_clones("avx2", "default")))
#else
#define FOR_EACH_PROCESSOR
#endif
#if defined(__SSE2__) || defined(_M_X64)
#define HAS_SSE2
#include <emmintrin.h>
#endif
#if defined(_MSC_VER)
#define ALONE __restrict
#else
#define ALONE restrict
#endif

/* From so many bytes on other threads may run meanwhile. Less takes no millisecond, while getting
   Python's lock back from a busy thread can take five. */
#define LONG_BYTES ((Py_ssize_t)1 << 22)

/* Rows of pixels within some array. */
typedef struct {
    uint8_t *data;
    Py_ssize_t step; /* from one row to the next, in bytes */
    Py_ssize_t height, width;
    Py_buffer buffer;
} Plane;

/* These answer 0, or -1 with an exception set. */
int plane_open(Plane *plane, PyObject *array, Py_ssize_t itemsize, int for_writing,
               const char *name);
int number(PyObject *value, Py_ssize_t *result);
int numbers(PyObject *tuple, int64_t *results, Py_ssize_t count, const char *name);
void plane_close(Plane *plane);

PyObject *kernel_blue_first(PyObject *module, PyObject *pixels);
PyObject *kernel_changed_tiles(PyObject *module, PyObject *const *args, Py_ssize_t count);
PyObject *kernel_dab(PyObject *module, PyObject *const *args, Py_ssize_t count);
PyObject *kernel_disc(PyObject *module, PyObject *const *args, Py_ssize_t count);
PyObject *kernel_flood(PyObject *module, PyObject *const *args, Py_ssize_t count);
PyObject *kernel_gaussian(PyObject *module, PyObject *const *args, Py_ssize_t count);
PyObject *kernel_halve(PyObject *module, PyObject *const *args, Py_ssize_t count);
PyObject *kernel_lay_rim(PyObject *module, PyObject *const *args, Py_ssize_t count);
PyObject *kernel_lift_rim(PyObject *module, PyObject *const *args, Py_ssize_t count);
PyObject *kernel_highest(PyObject *module, PyObject *const *args, Py_ssize_t count);
PyObject *kernel_near(PyObject *module, PyObject *const *args, Py_ssize_t count);
PyObject *kernel_resample(PyObject *module, PyObject *const *args, Py_ssize_t count);
PyObject *kernel_tint(PyObject *module, PyObject *const *args, Py_ssize_t count);
PyObject *kernel_keep_tiles(PyObject *module, PyObject *const *args, Py_ssize_t count);
PyObject *kernel_settle_tiles(PyObject *module, PyObject *const *args, Py_ssize_t count);
PyObject *kernel_show(PyObject *module, PyObject *const *args, Py_ssize_t count);
PyObject *kernel_smooth_edges(PyObject *module, PyObject *const *args, Py_ssize_t count);
PyObject *kernel_swap_tiles(PyObject *module, PyObject *const *args, Py_ssize_t count);
PyObject *kernel_tile_bytes(PyObject *module, PyObject *values);
PyObject *kernel_walk(PyObject *module, PyObject *const *args, Py_ssize_t count);

#endif
