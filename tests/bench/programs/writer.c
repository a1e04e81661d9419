/*
 * Writes argv[1] numbered lines of 100 bytes to stdout as fast as it can, through a 64 KiB buffer. A line is
 * '@', ten digits, 88 letters that follow from the number, and a newline, so that a lost or torn one can be told.
 * The wall-clock times of its start and of its end, in nanoseconds, go to the file in argv[2], one per line.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static char buffer[65536];

static int note_time(const char *path) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  FILE *times = fopen(path, "a");
  if (times == NULL) return 1;
  fprintf(times, "%lld\n", (long long)now.tv_sec * 1000000000LL + now.tv_nsec);
  return fclose(times);
}

int main(int argc, char **argv) {
  if (argc < 3 || note_time(argv[2]) != 0) return 2;

  long count = atol(argv[1]);
  char line[100];
  line[0] = '@';
  line[99] = '\n';
  setvbuf(stdout, buffer, _IOFBF, sizeof buffer);
  for (long number = 0; number < count; number++) {
    long rest = number;
    for (int digit = 10; digit >= 1; digit--) {
      line[digit] = (char)('0' + rest % 10);
      rest /= 10;
    }
    memset(line + 11, (int)('a' + number % 26), 88);
    if (fwrite(line, 1, sizeof line, stdout) != sizeof line) return 1;
  }
  if (fflush(stdout) != 0) return 1;
  return note_time(argv[2]);
}
