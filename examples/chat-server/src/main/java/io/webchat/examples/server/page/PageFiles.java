package io.webchat.examples.server.page;

import io.webchat.socketio.http.HttpHandler;
import io.webchat.socketio.http.HttpRequest;
import io.webchat.socketio.http.HttpResponse;
import io.webchat.socketio.http.StaticFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The files of the page. Its scripts and its styles are put together when the server starts, into one file each. A
 * module that the page loads later is another. Their names change with their content, so browsers keep them for a year.
 */
final class PageFiles implements HttpHandler {
    private static final String FOLDER = "web";
    private static final String SOCKET_IO = "webjars/socket.io-client/socket.io.min.js";
    private static final String MAIN = "js/main.js";
    private static final String WORKER = "js/worker/service-worker.js";
    private static final String JAVASCRIPT = "text/javascript";
    private static final Pattern STYLE = Pattern.compile(" *<link rel=\"stylesheet\" href=\"([^\"]+)\">\n");
    private static final Pattern IMPORT = Pattern.compile("^import\\b", Pattern.MULTILINE);
    private static final Pattern ASSET = Pattern.compile("/assets/([a-z.-]+)-[0-9a-f]+(\\.js|\\.css)");
    private static final String SCRIPT = "app.js";
    private static final String STYLES = "app.css";
    /** Files that the page links to as they are. */
    private static final List<String> OTHERS = List.of("favicon.svg", "manifest.webmanifest");

    private final HttpHandler others = StaticFiles.classpath("/", FOLDER);
    /** By their names without the hash. */
    private final Map<String, Asset> assets = new HashMap<>();

    private final Asset page;
    private final Asset worker;

    PageFiles() {
        String html = read("index.html");
        String script = new ModuleBundle(PageFiles::source, this::later).of(MAIN);
        assets.put(SCRIPT, new Asset(JAVASCRIPT, read(SOCKET_IO) + "\n" + script));
        assets.put(STYLES, new Asset("text/css", styles(html)));
        page = new Asset("text/html", assembled(html));
        worker = new Asset(JAVASCRIPT, worker());
    }

    /** The service worker, which has to stand beside the page. It changes whenever a file of the page does. */
    private String worker() {
        SortedMap<String, String> hashes = new TreeMap<>(Map.of("./", page.hash()));
        assets.keySet()
                .forEach(
                        name -> hashes.put("assets/" + hashed(name), asset(name).hash()));
        OTHERS.forEach(name -> hashes.put(name, new Asset("text/plain", read(name)).hash()));
        return ShellScript.of(hashes, source(WORKER));
    }

    /** A module that the page loads when it needs it. It must import nothing, or the page would have that twice. */
    private String later(String path) {
        String text = source(path);
        if (IMPORT.matcher(text).find()) {
            throw new IllegalStateException(path + ": a module that is loaded later must import nothing");
        }
        String name = path.substring(path.lastIndexOf('/') + 1);
        assets.put(name, new Asset(JAVASCRIPT, text));
        return "./" + hashed(name);
    }

    private String hashed(String name) {
        int end = name.lastIndexOf('.');
        return name.substring(0, end) + "-" + asset(name).hash() + name.substring(end);
    }

    private Asset asset(String name) {
        return Objects.requireNonNull(assets.get(name), name);
    }

    @Override
    public CompletionStage<HttpResponse> handle(HttpRequest request) {
        String path = request.path();
        if (path.equals("/") || path.equals("/index.html")) {
            return answer(page, request, Asset.REVALIDATED);
        }
        if (path.equals("/service-worker.js")) {
            return answer(worker, request, Asset.REVALIDATED);
        }
        Matcher named = ASSET.matcher(path);
        Asset asset = named.matches() ? assets.get(named.group(1) + named.group(2)) : null;
        return asset == null ? others.handle(request) : answer(asset, request, caching(path, asset));
    }

    /** While nodes are replaced, a page of the old version may ask a new node: it gets what there is, for once. */
    private static String caching(String path, Asset asset) {
        return path.contains(asset.hash()) ? Asset.IMMUTABLE : Asset.REVALIDATED;
    }

    private static CompletionStage<HttpResponse> answer(Asset asset, HttpRequest request, String caching) {
        return CompletableFuture.completedStage(asset.answer(request, caching));
    }

    private static String styles(String html) {
        return STYLE.matcher(html)
                .results()
                .map(found -> source(found.group(1)))
                .collect(Collectors.joining("\n"));
    }

    private String assembled(String html) {
        String link = "    <link rel=\"stylesheet\" href=\"assets/" + hashed(STYLES) + "\">\n";
        String linked = STYLE.matcher(html).replaceFirst(Matcher.quoteReplacement(link));
        String withoutOthers = linked.replaceAll(" *<link rel=\"stylesheet\" href=\"css/[^\"]+\">\n", "");
        return withoutOthers.replace(MAIN, "assets/" + hashed(SCRIPT));
    }

    /** A script or a style, as it is sent. */
    private static String source(String path) {
        return SourceComments.remove(read(path));
    }

    private static String read(String path) {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        ClassLoader loader = context == null ? PageFiles.class.getClassLoader() : context;
        try (InputStream in = loader.getResourceAsStream(FOLDER + "/" + path)) {
            if (in == null) {
                throw new IllegalStateException("the page needs " + path + ", which is not there");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
