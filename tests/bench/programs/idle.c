/* The idle service: waits for a signal and does nothing else. */
#include <unistd.h>

int main(void) {
  for (;;) pause();
}
