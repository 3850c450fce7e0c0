/*
 * Preloaded into a server: while the file FAILING_DISK_WHEN exists, writing to files whose path contains FAILING_DISK_FILES,
 * and syncing them, fails with EIO. Stores into mapped memory succeed, as they do on a disk that fails: only msync finds out.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/uio.h>
#include <unistd.h>

static int failing(void) {
    const char *when = getenv("FAILING_DISK_WHEN");
    int before = errno;
    int fails = when != NULL && access(when, F_OK) == 0;
    errno = before;
    return fails;
}

static int named(const char *path) {
    const char *part = getenv("FAILING_DISK_FILES");
    return part != NULL && strstr(path, part) != NULL;
}

static int bad_file(int fd) {
    char link[64], path[4096];
    if (!failing()) {
        return 0;
    }
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) {
        return 0;
    }
    path[length] = 0;
    return named(path);
}

static int bad_memory(const void *address) {
    char line[5000];
    int bad = 0;
    if (!failing()) {
        return 0;
    }
    FILE *maps = fopen("/proc/self/maps", "r");
    if (maps == NULL) {
        return 0;
    }
    while (!bad && fgets(line, sizeof line, maps) != NULL) {
        unsigned long from, to;
        bad = sscanf(line, "%lx-%lx", &from, &to) == 2 && from <= (unsigned long) address
                && (unsigned long) address < to && named(line);
    }
    fclose(maps);
    return bad;
}

#define REAL(type, name, ...) ((type (*)(__VA_ARGS__)) dlsym(RTLD_NEXT, #name))
#define FAIL_IF(bad) if (bad) { errno = EIO; return -1; }

int msync(void *address, size_t length, int flags) {
    FAIL_IF(bad_memory(address))
    return REAL(int, msync, void *, size_t, int)(address, length, flags);
}

int fsync(int fd) {
    FAIL_IF(bad_file(fd))
    return REAL(int, fsync, int)(fd);
}

int fdatasync(int fd) {
    FAIL_IF(bad_file(fd))
    return REAL(int, fdatasync, int)(fd);
}

ssize_t write(int fd, const void *bytes, size_t count) {
    FAIL_IF(bad_file(fd))
    return REAL(ssize_t, write, int, const void *, size_t)(fd, bytes, count);
}

ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t offset) {
    FAIL_IF(bad_file(fd))
    return REAL(ssize_t, pwrite64, int, const void *, size_t, off64_t)(fd, bytes, count, offset);
}

ssize_t writev(int fd, const struct iovec *parts, int count) {
    FAIL_IF(bad_file(fd))
    return REAL(ssize_t, writev, int, const struct iovec *, int)(fd, parts, count);
}
