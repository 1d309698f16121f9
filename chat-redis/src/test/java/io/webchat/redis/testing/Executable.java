package io.webchat.redis.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import redis.embedded.RedisExecProvider;

/**
 * The redis-server that the environment variable {@code CHAT_REDIS_SERVER} names. Without it, the one that the
 * embedded-redis library carries, unpacked once per JVM. The library's uses the allocator of its C library. The
 * packages of distributions use jemalloc, which is several times as fast for lists that grow.
 *
 * <p>Nothing else of that library is used. Its own server class cannot kill, pause or restart a server. It also unpacks
 * 6 MB for each server, which stay on disk if the JVM is killed.
 */
final class Executable {
    private static final String VARIABLE = "CHAT_REDIS_SERVER";
    private static final ProcessFolder HOME = new ProcessFolder();
    private static final Path PATH = find();

    private Executable() {}

    static Path path() {
        return PATH;
    }

    private static Path find() {
        String named = System.getenv(VARIABLE);
        if (named == null || named.isEmpty()) {
            return unpack();
        }
        Path path = Path.of(named).toAbsolutePath();
        if (!Files.isExecutable(path)) {
            throw new IllegalStateException(VARIABLE + " names no program: " + path);
        }
        return path;
    }

    private static Path unpack() {
        try {
            File unpacked = RedisExecProvider.defaultProvider().get();
            Path path = Files.move(unpacked.toPath(), HOME.file("redis-server"));
            Files.delete(unpacked.toPath().getParent());
            return path;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot unpack redis-server", e);
        }
    }
}
