package io.webchat.examples.server.page;

import io.webchat.socketio.http.HttpHandler;
import io.webchat.socketio.http.HttpRequest;
import io.webchat.socketio.http.HttpResponse;
import io.webchat.socketio.http.StaticFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The files of the page. Its scripts and its styles are put together when the server starts, into one file each. Their
 * names change with their content, so browsers keep them for a year.
 */
final class PageFiles implements HttpHandler {
    private static final String FOLDER = "web";
    private static final String SOCKET_IO = "webjars/socket.io-client/socket.io.min.js";
    private static final String MAIN = "js/main.js";
    private static final Pattern STYLE = Pattern.compile(" *<link rel=\"stylesheet\" href=\"([^\"]+)\">\n");
    private static final Pattern SCRIPT_NAME = Pattern.compile("/assets/app-[0-9a-f]+\\.js");
    private static final Pattern STYLE_NAME = Pattern.compile("/assets/app-[0-9a-f]+\\.css");

    private final HttpHandler others = StaticFiles.classpath("/", FOLDER);
    private final Asset script;
    private final Asset style;
    private final Asset page;

    PageFiles() {
        String html = read("index.html");
        script = new Asset("text/javascript", read(SOCKET_IO) + "\n" + new ModuleBundle(PageFiles::read).of(MAIN));
        style = new Asset("text/css", styles(html));
        page = new Asset("text/html", assembled(html));
    }

    @Override
    public CompletionStage<HttpResponse> handle(HttpRequest request) {
        String path = request.path();
        if (path.equals("/") || path.equals("/index.html")) {
            return answer(page, request, Asset.REVALIDATED);
        }
        if (SCRIPT_NAME.matcher(path).matches()) {
            return answer(script, request, caching(path, script));
        }
        if (STYLE_NAME.matcher(path).matches()) {
            return answer(style, request, caching(path, style));
        }
        return others.handle(request);
    }

    /** While nodes are replaced, a page of the old version may ask a new node: it gets what there is, for once. */
    private static String caching(String path, Asset asset) {
        return path.contains(asset.hash()) ? Asset.IMMUTABLE : Asset.REVALIDATED;
    }

    private static CompletionStage<HttpResponse> answer(Asset asset, HttpRequest request, String caching) {
        return CompletableFuture.completedStage(asset.answer(request, caching));
    }

    private static String styles(String html) {
        return STYLE.matcher(html).results().map(found -> read(found.group(1))).collect(Collectors.joining("\n"));
    }

    private String assembled(String html) {
        String link = "    <link rel=\"stylesheet\" href=\"assets/app-" + style.hash() + ".css\">\n";
        String linked = STYLE.matcher(html).replaceFirst(Matcher.quoteReplacement(link));
        String withoutOthers = linked.replaceAll(" *<link rel=\"stylesheet\" href=\"css/[^\"]+\">\n", "");
        return withoutOthers.replace(MAIN, "assets/app-" + script.hash() + ".js");
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
