/** Error codes as errno values and in words (lwip/err.h). LINK: base/err.c */
#include <check.h>
#include <errno.h>
#include "lwip/def.h"
#include "lwip/err.h"

/* clang-format off */
static const struct {
  err_t err;
  int number;
} table[] = {
  { ERR_OK,         0 },
  { ERR_MEM,        ENOMEM },
  { ERR_BUF,        ENOBUFS },
  { ERR_TIMEOUT,    EWOULDBLOCK },
  { ERR_RTE,        EHOSTUNREACH },
  { ERR_INPROGRESS, EINPROGRESS },
  { ERR_VAL,        EINVAL },
  { ERR_WOULDBLOCK, EWOULDBLOCK },
  { ERR_USE,        EADDRINUSE },
  { ERR_ALREADY,    EALREADY },
  { ERR_ISCONN,     EISCONN },
  { ERR_CONN,       ENOTCONN },
  { ERR_IF,         EIO },
  { ERR_ABRT,       ECONNABORTED },
  { ERR_RST,        ECONNRESET },
  { ERR_CLSD,       ENOTCONN },
  { ERR_ARG,        EIO },
};
/* clang-format on */

/* The values are part of the interface: programs and RTOS ports compare them as numbers. */
START_TEST(value_and_errno)
{
  ck_assert_int_eq(table[_i].err, -_i);
  ck_assert_int_eq(err_to_errno(table[_i].err), table[_i].number);
}
END_TEST

START_TEST(out_of_range)
{
  ck_assert_int_eq(err_to_errno(1), EIO);
  ck_assert_int_eq(err_to_errno(127), EIO);
  ck_assert_int_eq(err_to_errno(-17), EIO);
  ck_assert_int_eq(err_to_errno(-128), EIO);
}
END_TEST

START_TEST(words)
{
  ck_assert_ptr_nonnull(lwip_strerr(table[_i].err));
}
END_TEST

int main(void)
{
  Suite *s = suite_create("err");
  TCase *t = tcase_create("err");
  SRunner *r = srunner_create(s);
  int failed;

  suite_add_tcase(s, t);
  tcase_add_loop_test(t, value_and_errno, 0, LWIP_ARRAYSIZE(table));
  tcase_add_test(t, out_of_range);
  tcase_add_loop_test(t, words, 0, LWIP_ARRAYSIZE(table));
  srunner_run_all(r, CK_ENV);
  failed = srunner_ntests_failed(r);
  srunner_free(r);
  return failed != 0;
}
