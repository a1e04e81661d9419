/* The tiny child of the respawn figure: its first act is to write its pid and the monotonic time to the FIFO in argv[1]. */
#include <fcntl.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

int main(int argc, char **argv) {
  struct timespec now;
  char line[64];
  clock_gettime(CLOCK_MONOTONIC, &now);
  if (argc < 2) return 2;
  int fifo = open(argv[1], O_WRONLY);
  if (fifo < 0) return 1;
  int length = snprintf(line, sizeof line, "%d %lld\n", (int)getpid(), (long long)now.tv_sec * 1000000000LL + now.tv_nsec);
  if (write(fifo, line, length) != length) return 1;
  close(fifo);
  for (;;) pause();
}
