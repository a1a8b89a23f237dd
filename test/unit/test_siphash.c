/** SipHash-2-4: the vectors of its authors (key 00 01 .. 0f, input 00 01 .. of every length), and that it needs no alignment.
 *  LINK: base/siphash.c */
#include "base/random.h"
#include <check.h>
#include <string.h>

/** By length of the input; the one of 15 octets is appendix A of the paper. */
static const u64_t vectors[] = {
  0x726fdb47dd0e0e31u, 0x74f839c593dc67fdu, 0x0d6c8009d9a94f5au, 0x85676696d7fb7e2du, 0xcf2794e0277187b7u,
  0x18765564cd99a68du, 0xcbc9466e58fee3ceu, 0xab0200f58b01d137u, 0x93f5f5799a932462u, 0x9e0082df0ba9e4b0u,
  0x7a5dbbc594ddb9f3u, 0xf4b32f46226bada7u, 0x751e8fbc860ee5fbu, 0x14ea5627c0843d90u, 0xf723ca908e7af2eeu,
  0xa129ca6149be45e5u, 0x3f2acc7f57c29bdbu, 0x699ae9f52cbe4794u, 0x4bc1b3f0968dd39cu, 0xbb6dc91da77961bdu,
  0xbed65cf21aa2ee98u, 0xd0f2cbb02e3b67c7u, 0x93536795e3a33e88u, 0xa80c038ccd5ccec8u,
};

START_TEST(gives_the_reference_vectors)
{
  u8_t key[16], in[64];
  unsigned i, shift;

  for (i = 0; i < 16; i++) {
    key[i] = (u8_t)i;
  }
  for (shift = 0; shift < 8; shift++) {
    for (i = 0; i < 32; i++) {
      in[shift + i] = (u8_t)i;
    }
    ck_assert(siphash24(key, in + shift, (size_t)_i) == vectors[_i]);
  }
}
END_TEST

int main(void)
{
  Suite *s = suite_create("siphash");
  TCase *t = tcase_create("siphash");
  SRunner *r = srunner_create(s);
  int failed;

  suite_add_tcase(s, t);
  tcase_add_loop_test(t, gives_the_reference_vectors, 0, (int)(sizeof vectors / sizeof vectors[0]));
  srunner_run_all(r, CK_ENV);
  failed = srunner_ntests_failed(r);
  srunner_free(r);
  return failed != 0;
}
