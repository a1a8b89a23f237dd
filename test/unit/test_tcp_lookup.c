/** Whose is it: connections and listeners by hash, ports, initial sequence numbers. */
#include "tcp_lab.h"
#include "transport/tcp_in.h"

/* A model of the table beside it: random adding and removing, everything is found and nothing else. */
START_TEST(against_a_model)
{
  enum { N = 300 };
  static struct tcp_pcb pcbs[N];
  static bool in[N];
  unsigned i, k;
  struct tcp_pcb *p;

  tl_setup();
  memset(pcbs, 0, sizeof pcbs);
  for (i = 0; i < N; i++) {
    pcbs[i].state = ESTABLISHED;
    pcbs[i].prio = 1;
    pcbs[i].local_ip = lab_ip(LAB_US);
    pcbs[i].remote_ip = lab_ip(LAB_PEER + i % 7);
    pcbs[i].remote_port = (u16_t)(1000 + i / 7);
    pcbs[i].local_port = 80;
  }
  for (k = 0; k < 5000; k++) {
    struct tcp_ends e;
    unsigned count = 0, listed = 0;

    i = test_rand() % N;
    if (in[i]) {
      tcp_list_remove(&pcbs[i]);
    } else {
      tcp_list_add(&pcbs[i]);
    }
    in[i] = !in[i];
    i = test_rand() % N;
    tcp_ends_of(&pcbs[i], &e);
    ck_assert_ptr_eq(tcp_active_find(&e), in[i] ? &pcbs[i] : NULL);
    if (k % 100 == 0) {
      for (i = 0; i < N; i++) {
        tcp_ends_of(&pcbs[i], &e);
        ck_assert_ptr_eq(tcp_active_find(&e), in[i] ? &pcbs[i] : NULL);
        count += in[i];
      }
      for (p = tcp_active_pcbs; p != NULL; p = p->next) {
        listed++;
      }
      ck_assert_uint_eq(listed, count); /* programs walk the list */
    }
  }
  tcp_list_remove(&pcbs[0]); /* twice, or never added: harmless */
  tcp_list_remove(&pcbs[0]);
}
END_TEST

START_TEST(both_ends_count)
{
  struct peer a = tl_peer(0), b = tl_peer(1), c = tl_peer(0);
  struct tcp_pcb *first;

  tl_setup();
  tl_listen(TL_PORT);
  tl_open(&a);
  first = app.pcb;
  tl_open(&b);
  c.ip++; /* the same port, another host */
  tl_open(&c);
  ck_assert_uint_eq(app.accepted, 3);
  app.pcb = first;
  tcp_recv(first, NULL);
  tl_send(&b, TCP_F_ACK, "b", 1);
  tl_send(&c, TCP_F_ACK, "c", 1);
  tl_send(&a, TCP_F_ACK, "a", 1);
  ck_assert_uint_eq(app.got, 2);
  ck_assert_int_eq(memcmp(app.text, "bc", 2), 0);
}
END_TEST

/* The most specific listener wins. */
START_TEST(listeners)
{
  struct tcp_pcb *any, *here, *netif_only;
  ip_addr_t us = lab_ip(LAB_US), us2 = lab_ip(LAB_US2);
  struct tcp_ends e = { &us, &us2, 90, 1 };

  tl_setup();
  lab_add(&lab_nif2, LAB_US2);
  any = tcp_new();
  ip_set_option(any, SOF_REUSEADDR);
  tcp_bind(any, NULL, 90);
  any = tcp_listen(any);
  ck_assert_ptr_eq(tcp_listen_find(&e, &lab_nif), any);
  here = tcp_new();
  ip_set_option(here, SOF_REUSEADDR);
  ck_assert_int_eq(tcp_bind(here, &us, 90), ERR_OK);
  here = tcp_listen(here);
  ck_assert_ptr_eq(tcp_listen_find(&e, &lab_nif), here);
  e.local_ip = &us2;
  ck_assert_ptr_eq(tcp_listen_find(&e, &lab_nif), any);
  netif_only = tcp_new();
  ip_set_option(netif_only, SOF_REUSEADDR);
  tcp_bind_netif(netif_only, &lab_nif2);
  ck_assert_int_eq(tcp_bind(netif_only, NULL, 90), ERR_OK);
  netif_only = tcp_listen(netif_only);
  ck_assert_ptr_nonnull(netif_only);
  ck_assert_ptr_eq(tcp_listen_find(&e, &lab_nif2), netif_only);
  ck_assert_ptr_eq(tcp_listen_find(&e, &lab_nif), any);
  e.local_port = 91;
  ck_assert_ptr_null(tcp_listen_find(&e, &lab_nif));
  ck_assert(tcp_listen_on(90));
  ck_assert(!tcp_listen_on(91));
}
END_TEST

/* TCP-15, RFC 6528: not constant, not a fixed step, not of time alone. */
START_TEST(initial_sequence_numbers)
{
  u32_t isn[16], step[16];
  unsigned i, j, same_step = 0;

  tl_setup();
  tl_listen(TL_PORT);
  for (i = 0; i < 16; i++) {
    struct peer p = tl_peer(i);

    tl_send(&p, TCP_F_SYN, NULL, 0);
    ck_assert(tl_take());
    isn[i] = tl_last.r.seq;
    step[i] = i > 0 ? isn[i] - isn[i - 1] : 0;
    lab_now += 60;
  }
  for (i = 1; i < 16; i++) {
    for (j = 0; j < i; j++) {
      ck_assert_uint_ne(isn[i], isn[j]);
    }
    same_step += i > 1 && (step[i] - step[i - 1] + 0x10000 < 0x20000);
  }
  ck_assert_uint_eq(same_step, 0);
}
END_TEST

/* RFC 6528: for the same pair it grows with a clock of 4 us. */
START_TEST(the_same_pair_moves_with_the_clock)
{
  ip_addr_t a = lab_ip(1), b = lab_ip(2);
  struct tcp_ends e = { &a, &b, 1, 2 };
  u32_t first;

  tl_setup();
  first = tcp_isn(&e, 1000);
  ck_assert_uint_eq(tcp_isn(&e, 2000) - first, 250000);
  e.remote_port = 3;
  ck_assert_uint_ne(tcp_isn(&e, 1000), first);
}
END_TEST

/* RFC 6056 */
START_TEST(ports_are_spread)
{
  u16_t port[50];
  unsigned i, in_order = 0;

  tl_setup();
  for (i = 0; i < 50; i++) {
    ip_addr_t us = lab_ip(LAB_US), to = lab_ip(LAB_PEER);
    struct tcp_ends e = { &us, &to, 0, 80 };

    port[i] = tcp_port_pick(&e);
    ck_assert_uint_ge(port[i], 32768);
    ck_assert_uint_le(port[i], 60999);
    in_order += i > 0 && (u16_t)(port[i] - port[i - 1]) < 16;
  }
  ck_assert_uint_le(in_order, 2);
}
END_TEST

/* ICMP errors: RFC 5927. */
START_TEST(icmp_errors)
{
  struct peer p = tl_peer(0);
  struct tcp_pcb *c;
  ip_addr_t us = lab_ip(LAB_US), peer = lab_ip(LAB_PEER);
  u8_t quoted[8];
  struct ip_error e = { IP_ERR_UNREACH_PORT, &us, &peer, quoted, 8, 0, 6 };

  tl_setup();
  c = tl_connect(&p);
  be16_put(quoted, c->local_port);
  be16_put(quoted + 2, p.port);
  be32_put(quoted + 4, c->lastack - 1); /* not in flight: a forged one */
  tcp_ip_error(&e);
  ck_assert_int_eq(c->state, SYN_SENT);
  be32_put(quoted + 4, c->lastack);
  e.what = IP_ERR_UNREACH_HOST; /* soft: MUST-56 */
  tcp_ip_error(&e);
  ck_assert_int_eq(c->state, SYN_SENT);
  e.what = IP_ERR_UNREACH_PORT;
  tcp_ip_error(&e);
  ck_assert_uint_eq(app.errors, 1);
}
END_TEST

/* ICMP-04: with the right sequence number too. */
START_TEST(icmp_does_not_end_what_works)
{
  struct peer p = tl_peer(0);
  ip_addr_t us = lab_ip(LAB_US), peer = lab_ip(LAB_PEER);
  u8_t quoted[8];
  struct ip_error e = { IP_ERR_UNREACH_PORT, &us, &peer, quoted, 8, 0, 6 };
  static u8_t text[3000];

  tl_setup();
  tl_listen(TL_PORT);
  tl_open(&p);
  tcp_nagle_disable(app.pcb);
  tcp_write(app.pcb, text, sizeof text, TCP_WRITE_FLAG_COPY);
  tcp_output(app.pcb);
  while (tl_take()) {}
  be16_put(quoted, TL_PORT);
  be16_put(quoted + 2, p.port);
  be32_put(quoted + 4, app.pcb->lastack);
  tcp_ip_error(&e);
  ck_assert_int_eq(app.pcb->state, ESTABLISHED); /* RFC 5927 section 5 */
  e.what = IP_ERR_TOO_BIG;
  e.mtu = 1000;
  tcp_ip_error(&e);
  ck_assert_uint_eq(app.pcb->mss, 960);
  {
    unsigned got = 0;

    while (tl_take()) {
      ck_assert_uint_le(tl_last.r.len, 960);
      got += tl_last.r.len;
    }
    ck_assert_uint_eq(got, 3000); /* at once, in smaller pieces */
  }
  e.mtu = 68; /* a forged one: no crumbs */
  tcp_ip_error(&e);
  ck_assert_uint_eq(app.pcb->mss, 512);
}
END_TEST

static void add_tests(TCase *c)
{
  tcase_add_test(c, against_a_model);
  tcase_add_test(c, both_ends_count);
  tcase_add_test(c, listeners);
  tcase_add_test(c, initial_sequence_numbers);
  tcase_add_test(c, the_same_pair_moves_with_the_clock);
  tcase_add_test(c, ports_are_spread);
  tcase_add_test(c, icmp_errors);
  tcase_add_test(c, icmp_does_not_end_what_works);
}
LAB_MAIN("tcp_lookup")
