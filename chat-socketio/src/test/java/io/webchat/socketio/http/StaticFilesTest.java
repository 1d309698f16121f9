package io.webchat.socketio.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Paths that must not be served. {@code HttpRoutesTest} requests files over a socket. */
class StaticFilesTest {
    private static int status(StaticFiles files, String path) {
        HttpRequest request = new HttpRequest(
                "GET", path, Map.of(), Map.of(), new byte[0], InetSocketAddress.createUnresolved("client", 1));
        return files.handle(request).toCompletableFuture().join().status();
    }

    @Test
    void G12_aFolderOfTheClassPathIsNotListed() {
        StaticFiles files = StaticFiles.classpath("/own", "io/webchat/socketio");

        assertThat(status(files, "/own/http/StaticFilesTest.class")).isEqualTo(200);
        assertThat(status(files, "/own/http")).isEqualTo(404);
        assertThat(status(files, "/own/http/")).isEqualTo(404);
    }

    @Test
    void G12_aFolderOfAJarIsNotServed(@TempDir Path folder) throws Exception {
        Path jar = folder.resolve("web.jar");
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file)) {
            for (String name : new String[] {"web/", "web/sub/", "web/sub/a.txt"}) {
                out.putNextEntry(new JarEntry(name));
                if (!name.endsWith("/")) {
                    out.write("a".getBytes(StandardCharsets.US_ASCII));
                }
            }
        }
        try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null)) {
            ClassLoader before = Thread.currentThread().getContextClassLoader();
            Thread.currentThread().setContextClassLoader(loader);
            StaticFiles files = StaticFiles.classpath("/", "web");
            Thread.currentThread().setContextClassLoader(before);

            assertThat(status(files, "/sub/a.txt")).isEqualTo(200);
            assertThat(status(files, "/sub")).isEqualTo(404);
        }
    }

    @Test
    void G13_aNameThatTheFileSystemCannotHaveIsNotFound(@TempDir Path folder) {
        StaticFiles files = StaticFiles.directory("/", folder);

        assertThat(status(files, "/\ud800.txt")).isEqualTo(404);
        assertThat(status(files, "/" + "x".repeat(5000))).isEqualTo(404);
    }
}
