/*
 * Writes argv[1] numbered lines of 100 bytes to stdout as fast as it can: a line is '@', ten digits, 88 letters that
 * follow from the number, and a newline, so that a lost or torn one can be told. argv[3] is the size of its buffer in
 * bytes; 0 leaves the one that stdio chooses for a pipe (4 KiB).
 * The wall-clock times of its start and of its end, in nanoseconds, go to the file in argv[2], one per line.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static int note_time(const char *path) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  FILE *times = fopen(path, "a");
  if (times == NULL) return 1;
  fprintf(times, "%lld\n", (long long)now.tv_sec * 1000000000LL + now.tv_nsec);
  return fclose(times);
}

int main(int argc, char **argv) {
  if (argc < 4 || note_time(argv[2]) != 0) return 2;

  long count = atol(argv[1]);
  size_t buffer_size = (size_t)atol(argv[3]);
  if (buffer_size > 0) setvbuf(stdout, malloc(buffer_size), _IOFBF, buffer_size);
  char fillers[26][89];
  for (int letter = 0; letter < 26; letter++) {
    memset(fillers[letter], 'a' + letter, 88);
    fillers[letter][88] = '\0';
  }
  for (long number = 0; number < count; number++) {
    if (printf("@%010ld%s\n", number, fillers[number % 26]) != 100) return 1;
  }
  if (fflush(stdout) != 0) return 1;
  return note_time(argv[2]);
}
