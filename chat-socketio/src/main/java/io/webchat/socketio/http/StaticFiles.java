package io.webchat.socketio.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.jar.JarEntry;
import org.jspecify.annotations.Nullable;

/**
 * Serves files of a class path folder or of a directory.
 *
 * <p>No path leads outside that folder. The path of a folder answers its {@code index.html}. Every file has an {@code
 * ETag}, and a matching {@code If-None-Match} is answered with 304.
 *
 * <p>Files of the class path are read once and stay in memory. Files of a directory are read for each request, on the
 * calling thread: use a directory only for small files on a local disk.
 */
public final class StaticFiles implements HttpHandler {
    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("html", "text/html; charset=utf-8"),
            Map.entry("js", "text/javascript; charset=utf-8"),
            Map.entry("mjs", "text/javascript; charset=utf-8"),
            Map.entry("css", "text/css; charset=utf-8"),
            Map.entry("json", "application/json"),
            Map.entry("map", "application/json"),
            Map.entry("txt", "text/plain; charset=utf-8"),
            Map.entry("svg", "image/svg+xml"),
            Map.entry("png", "image/png"),
            Map.entry("jpg", "image/jpeg"),
            Map.entry("webp", "image/webp"),
            Map.entry("ico", "image/x-icon"),
            Map.entry("woff2", "font/woff2"),
            Map.entry("webmanifest", "application/manifest+json"));

    /** Reads files; the result is empty if a file does not exist. */
    private interface Source {
        Optional<byte[]> read(String relativePath) throws IOException;
    }

    private final String prefix;
    private final Source source;

    private StaticFiles(String prefix, Source source) {
        this.prefix = prefix.endsWith("/") ? prefix : prefix + "/";
        this.source = source;
    }

    /**
     * Serves resources of the class path. The context class loader of the calling thread finds them.
     *
     * @param prefix the path of the route, such as {@code /}
     * @param folder the folder of resources, such as {@code web}
     */
    public static StaticFiles classpath(String prefix, String folder) {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        ClassLoader loader = context == null ? StaticFiles.class.getClassLoader() : context;
        Map<String, Optional<byte[]>> kept = new ConcurrentHashMap<>();
        return new StaticFiles(prefix, relative -> {
            Optional<byte[]> known = kept.get(relative);
            if (known == null) {
                known = readResource(loader, folder + "/" + relative);
                // A missing file is not remembered: clients could fill the memory with names.
                known.ifPresent(bytes -> kept.put(relative, Optional.of(bytes)));
            }
            return known;
        });
    }

    /**
     * Serves files of a directory. Symbolic links that lead out of the directory are not followed.
     *
     * @param prefix the path of the route
     * @param directory the folder on disk
     */
    public static StaticFiles directory(String prefix, Path directory) {
        return new StaticFiles(prefix, relative -> {
            Path file = resolved(directory, relative);
            if (file == null || !Files.isRegularFile(file) || !file.toRealPath().startsWith(directory.toRealPath())) {
                return Optional.empty();
            }
            return Optional.of(Files.readAllBytes(file));
        });
    }

    @Override
    public CompletionStage<HttpResponse> handle(HttpRequest request) {
        String relative = relativePath(request.path());
        if (relative == null) {
            return CompletableFuture.completedFuture(notFound());
        }
        try {
            return CompletableFuture.completedFuture(source.read(relative)
                    .map(bytes -> found(request, relative, bytes))
                    .orElseGet(StaticFiles::notFound));
        } catch (IOException e) {
            return CompletableFuture.failedFuture(new UncheckedIOException(e));
        }
    }

    private @Nullable String relativePath(String path) {
        String relative =
                (path + "/").equals(prefix) ? "" : path.startsWith(prefix) ? path.substring(prefix.length()) : null;
        if (relative == null
                || relative.indexOf('\\') >= 0
                || relative.indexOf('\0') >= 0
                || relative.indexOf(':') >= 0) {
            return null;
        }
        String name = relative.isEmpty() || relative.endsWith("/") ? relative + "index.html" : relative;
        for (String segment : name.split("/", -1)) {
            if (segment.isEmpty() || segment.startsWith(".")) {
                return null;
            }
        }
        return name;
    }

    private static HttpResponse found(HttpRequest request, String name, byte[] bytes) {
        String tag = '"' + HexFormat.of().formatHex(sha256(bytes), 0, 16) + '"';
        boolean unchanged =
                request.header("If-None-Match").map(sent -> sent.contains(tag)).orElse(false);
        HttpResponse response = unchanged ? HttpResponse.of(304) : HttpResponse.of(200, type(name), bytes);
        return response.withHeader("ETag", tag)
                .withHeader("Cache-Control", "no-cache")
                .withHeader("X-Content-Type-Options", "nosniff");
    }

    private static String type(String name) {
        String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return TYPES.getOrDefault(extension, "application/octet-stream");
    }

    private static HttpResponse notFound() {
        return Problem.of(404, "not_found", "There is no such file.");
    }

    /** Returns null if the file system does not allow such a name. */
    private static @Nullable Path resolved(Path directory, String relative) {
        try {
            return directory.resolve(relative);
        } catch (InvalidPathException e) {
            return null;
        }
    }

    private static Optional<byte[]> readResource(ClassLoader loader, String name) throws IOException {
        URL url = loader.getResource(name);
        if (url == null) {
            return Optional.empty();
        }
        URLConnection connection = url.openConnection();
        connection.setUseCaches(false);
        try (InputStream in = connection.getInputStream()) {
            return isFolder(url, connection) ? Optional.empty() : Optional.of(in.readAllBytes());
        }
    }

    /** Tells whether a resource is a folder. The content of such a resource would be the list of its files. */
    private static boolean isFolder(URL url, URLConnection connection) throws IOException {
        if (connection instanceof JarURLConnection jar) {
            JarEntry entry = jar.getJarEntry();
            return entry != null && entry.isDirectory();
        }
        return url.getProtocol().equals("file") && Files.isDirectory(Path.of(URI.create(url.toString())));
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
