/** What the option files of test/config need from a test program; test_port.c has weak defaults for all of it. */
#ifndef TEST_CONFIG_TEST_PORT_H
#define TEST_CONFIG_TEST_PORT_H

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/** The context the stack believes it is called from: 0 the main loop, anything else an interrupt. */
extern int test_context;

/** Allocations left before one fails; negative: none fails.  Counts down in test_alloc_fails(). */
extern long test_alloc_countdown;
/** Allocations asked for so far (whether they were let through or not). */
extern unsigned long test_allocs;
bool test_alloc_fails(void);

/** Deterministic, so that a failing test fails again; reseed with test_rand_seed(). */
uint32_t test_rand(void);
void test_rand_seed(uint64_t seed);

/** Diagnostics of the stack: silent unless TEST_VERBOSE is set in the environment. */
void test_diag(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/** A failed LWIP_ASSERT ends the program, and so the test. */
void test_assert_failed(const char *what, const char *file, int line) __attribute__((noreturn));

#ifdef __cplusplus
}
#endif
#endif
