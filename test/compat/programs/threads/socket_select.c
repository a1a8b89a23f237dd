/* Sockets: a server for many connections with select(), and clients as they are written for any system. */
#include <string.h>

#include "../host.h"
#include "lwip/netdb.h"
#include "lwip/sockets.h"
#include "lwip/sys.h"
#include "lwip/tcpip.h"

#define CLIENTS 4

static sys_sem_t ready;
static int finished;

static int listen_at(u16_t port)
{
  struct sockaddr_in addr;
  int s = socket(AF_INET, SOCK_STREAM, 0), on = 1;

  EXPECT(s >= 0);
  memset(&addr, 0, sizeof(addr));
  addr.sin_len = sizeof(addr);
  addr.sin_family = AF_INET;
  addr.sin_port = PP_HTONS(port);
  addr.sin_addr.s_addr = INADDR_ANY;
  EXPECT(setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on)) == 0);
  EXPECT(bind(s, (struct sockaddr *)&addr, sizeof(addr)) == 0);
  EXPECT(listen(s, CLIENTS) == 0);
  return s;
}

/* What one connection sent goes back.  @return 0: it is closed */
static int echo(int s)
{
  char buf[200];
  int n = (int)lwip_recv(s, buf, sizeof(buf), 0);

  if (n <= 0) {
    closesocket(s);
    return 0;
  }
  EXPECT(send(s, buf, (size_t)n, 0) == n);
  return 1;
}

static void server(void *arg)
{
  int listener = listen_at(2000), conns[CLIENTS], n = 0, closed = 0, i;

  LWIP_UNUSED_ARG(arg);
  sys_sem_signal(&ready);
  while (closed < CLIENTS) {
    fd_set readset;
    int max = listener;

    FD_ZERO(&readset);
    FD_SET(listener, &readset);
    for (i = 0; i < n; i++) {
      if (conns[i] >= 0) {
        FD_SET(conns[i], &readset);
        max = LWIP_MAX(max, conns[i]);
      }
    }
    EXPECT(select(max + 1, &readset, NULL, NULL, NULL) > 0);
    for (i = 0; i < n; i++) {
      if (conns[i] >= 0 && FD_ISSET(conns[i], &readset) && !echo(conns[i])) {
        conns[i] = -1;
        closed++;
      }
    }
    if (FD_ISSET(listener, &readset)) {
      struct sockaddr_storage from;
      socklen_t len = sizeof(from);

      EXPECT(n < CLIENTS);
      conns[n] = accept(listener, (struct sockaddr *)&from, &len);
      EXPECT(conns[n] >= 0 && from.ss_family == AF_INET);
      n++;
    }
  }
  closesocket(listener);
  finished = 1;
  sys_sem_signal(&ready);
}

static int connect_to(const char *host, const char *service)
{
  struct addrinfo hints, *res;
  int s;

  memset(&hints, 0, sizeof(hints));
  hints.ai_family = AF_INET;
  hints.ai_socktype = SOCK_STREAM;
  EXPECT(getaddrinfo(host, service, &hints, &res) == 0);
  s = socket(res->ai_family, res->ai_socktype, res->ai_protocol);
  EXPECT(s >= 0);
  EXPECT(connect(s, res->ai_addr, res->ai_addrlen) == 0);
  freeaddrinfo(res);
  return s;
}

static void talk(int s, int who)
{
  struct timeval tv = { 3, 0 };
  char out[100], in[100];
  int got = 0;

  memset(out, 'a' + who, sizeof(out));
  EXPECT(setsockopt(s, SOL_SOCKET, SO_RCVTIMEO, &tv, sizeof(tv)) == 0);
  EXPECT(lwip_write(s, out, sizeof(out)) == sizeof(out));
  while (got < (int)sizeof(in)) {
    int n = (int)lwip_read(s, in + got, sizeof(in) - (size_t)got);
    EXPECT(n > 0);
    got += n;
  }
  EXPECT(memcmp(in, out, sizeof(in)) == 0);
}

static void nonblocking(int s)
{
  char c;
  u32_t on = 1;
  int flags = lwip_fcntl(s, F_GETFL, 0);

  EXPECT(lwip_ioctl(s, FIONBIO, &on) == 0);
  EXPECT(recv(s, &c, 1, 0) == -1 && (errno == EWOULDBLOCK || errno == EAGAIN));
  EXPECT(lwip_fcntl(s, F_SETFL, flags) == 0);
  EXPECT(recv(s, &c, 1, MSG_DONTWAIT) == -1);
}

static void names(void)
{
  struct sockaddr_in addr;
  struct hostent *h = gethostbyname("127.0.0.1");
  char text[INET_ADDRSTRLEN];

  EXPECT(h != NULL && h->h_length == 4);
  EXPECT(inet_aton("127.0.0.1", &addr.sin_addr));
  EXPECT(memcmp(h->h_addr_list[0], &addr.sin_addr, 4) == 0);
  EXPECT(inet_ntop(AF_INET, &addr.sin_addr, text, sizeof(text)) != NULL && strcmp(text, "127.0.0.1") == 0);
}

int main(void)
{
  int s[CLIENTS], i;

  tcpip_init(NULL, NULL);
  EXPECT(sys_sem_new(&ready, 0) == ERR_OK);
  sys_thread_new("server", server, NULL, DEFAULT_THREAD_STACKSIZE, DEFAULT_THREAD_PRIO);
  sys_arch_sem_wait(&ready, 0);
  names();
  for (i = 0; i < CLIENTS; i++) {
    s[i] = connect_to("127.0.0.1", "2000");
  }
  for (i = 0; i < 3 * CLIENTS; i++) {
    talk(s[i % CLIENTS], i % CLIENTS);
  }
  nonblocking(s[0]);
  for (i = 0; i < CLIENTS; i++) {
    EXPECT(shutdown(s[i], SHUT_WR) == 0);
    EXPECT(closesocket(s[i]) == 0);
  }
  sys_arch_sem_wait(&ready, 0);
  EXPECT(finished);
  return 0;
}
