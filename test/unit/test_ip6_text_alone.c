/** Texts of IPv6 addresses where there is no IPv4: the pieces they share with it are there all the same. */
#include "lwip/opt.h"
#undef LWIP_IPV4
#define LWIP_IPV4 0
/* The library has these, with IPv4: they must be found here. */
#define ip_text_ends alone_text_ends
#define ip4_text_write alone_text_write
#include "base/ip4_text.c"
#include "link/ip6_text.c"

#include "lwip/sys.h"

#include <check.h>
#include <stdlib.h>

#if LWIP_IPV6

u32_t sys_now(void)
{
  return 0;
}

static const char *const texts[] = { "2001:db8::1", "::", "::1", "::ffff:192.0.2.33", "fe80::ff:fe4c:5701" };

START_TEST(there_and_back)
{
  char back[IP6ADDR_STRLEN_MAX];
  ip6_addr_t a;

  ck_assert_int_eq(ip6addr_aton(texts[_i], &a), 1);
  ck_assert_ptr_nonnull(ip6addr_ntoa_r(&a, back, sizeof back));
  ck_assert_str_eq(back, texts[_i]);
}
END_TEST

int main(void)
{
  Suite *s = suite_create("ip6_text_alone");
  TCase *tc = tcase_create("ip6_text_alone");
  SRunner *sr = srunner_create(s);
  int failed;

  tcase_add_loop_test(tc, there_and_back, 0, sizeof texts / sizeof texts[0]);
  suite_add_tcase(s, tc);
  srunner_run_all(sr, CK_ENV);
  failed = srunner_ntests_failed(sr);
  srunner_free(sr);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

#else

int main(void)
{
  return 0;
}

#endif
