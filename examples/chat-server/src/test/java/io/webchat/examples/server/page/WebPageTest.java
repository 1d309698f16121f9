package io.webchat.examples.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.webchat.socketio.http.HttpRequest;
import io.webchat.socketio.http.HttpResponse;
import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** The page is few files, small on the wire, and kept by browsers until their content changes. */
class WebPageTest {
    private static final int MOST_BYTES = 150_000;
    private static final int MOST_FILES = 5;
    private static final int MOST_BYTES_LATER = 10_000;
    /** The number of modules that are loaded later. */
    private static final int LATER = 2;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern SHELL = Pattern.compile("^const SHELL = (.*);$", Pattern.MULTILINE);
    private static final Pattern LOADED_LATER = Pattern.compile("import\\('\\./([^']+)'\\)");
    private static final Pattern LINKED = Pattern.compile("(?:src|href)=\"([^\"#]+)\"");

    private final WebPage page = new WebPage();

    private HttpResponse get(String path, Map<String, List<String>> headers) throws Exception {
        InetSocketAddress client = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
        HttpRequest request = new HttpRequest("GET", path, Map.of(), headers, new byte[0], client);
        return page.handle(request).toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    private HttpResponse compressed(String path) throws Exception {
        return get(path, Map.of("Accept-Encoding", List.of("gzip, deflate, br")));
    }

    private static String text(HttpResponse response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    private List<String> files() throws Exception {
        List<String> files = new ArrayList<>(List.of("/"));
        LINKED.matcher(text(get("/", Map.of()))).results().forEach(found -> files.add("/" + found.group(1)));
        return files;
    }

    @Test
    void thePageIsFewFilesAndSmall() throws Exception {
        int bytes = 0;
        for (String file : files()) {
            HttpResponse response = compressed(file);
            assertThat(response.status()).as(file).isEqualTo(200);
            bytes += response.body().length;
        }
        System.out.println("The page: " + files().size() + " files, " + bytes + " bytes on the wire");
        assertThat(files()).hasSizeLessThanOrEqualTo(MOST_FILES);
        assertThat(bytes).isLessThan(MOST_BYTES);
    }

    @Test
    void scriptAndStyleHaveNamesThatChangeWithThemAndAreKeptForAYear() throws Exception {
        List<String> assets =
                files().stream().filter(file -> file.startsWith("/assets/")).toList();
        assertThat(assets).hasSize(2);
        for (String asset : assets) {
            HttpResponse response = compressed(asset);
            assertThat(response.headers())
                    .containsEntry("Cache-Control", "public, max-age=31536000, immutable")
                    .containsEntry("Content-Encoding", "gzip")
                    .containsEntry("Vary", "Accept-Encoding");
            String earlier = asset.replaceFirst("-[0-9a-f]+", "-0123456789abcdef");
            assertThat(get(earlier, Map.of()).headers()).containsEntry("Cache-Control", "no-cache");
        }
        assertThat(get("/", Map.of()).headers()).containsEntry("Cache-Control", "no-cache");
    }

    @Test
    void aModuleThatIsLoadedLaterIsNoPartOfTheFirstLoadAndIsKeptForAYear() throws Exception {
        String script = files().stream()
                .filter(file -> file.endsWith(".js"))
                .findFirst()
                .orElseThrow();
        List<String> loaded = LOADED_LATER
                .matcher(text(get(script, Map.of())))
                .results()
                .map(found -> found.group(1))
                .toList();
        assertThat(loaded).hasSize(LATER);
        for (String name : loaded) {
            HttpResponse later = compressed("/assets/" + name);
            assertThat(later.headers())
                    .containsEntry("Cache-Control", "public, max-age=31536000, immutable")
                    .containsEntry("Content-Encoding", "gzip");
            assertThat(later.body()).hasSizeLessThan(MOST_BYTES_LATER);
            assertThat(files()).noneMatch(file -> file.contains(name));
        }
        assertThat(get("/assets/unknown-0123456789abcdef.js", Map.of()).status())
                .isEqualTo(404);
    }

    @Test
    void theServiceWorkerKnowsEachFileOfThisVersionByItsContent() throws Exception {
        HttpResponse worker = get("/service-worker.js", Map.of());
        assertThat(worker.headers())
                .containsEntry("Cache-Control", "no-cache")
                .containsEntry("Content-Type", "text/javascript; charset=utf-8");
        JsonNode shell = JSON.readTree(
                SHELL.matcher(text(worker)).results().findFirst().orElseThrow().group(1));
        Map<String, String> hashes = JSON.convertValue(shell.path("files"), new TypeReference<>() {});

        assertThat(hashes.keySet())
                .contains("./")
                .containsAll(
                        files().stream().skip(1).map(each -> each.substring(1)).toList())
                .hasSize(files().size() + LATER);
        for (Map.Entry<String, String> file : hashes.entrySet()) {
            byte[] body = get("/" + file.getKey().replace("./", ""), Map.of()).body();
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(body);
            assertThat(HexFormat.of().formatHex(digest)).as(file.getKey()).startsWith(file.getValue());
        }
        assertThat(shell.path("version").textValue()).matches("[0-9a-f]{16}");
    }

    @Test
    void whoTakesNoGzipGetsTheSameAsItIs() throws Exception {
        for (String accepted : List.of("", "identity", "gzip;q=0", "gzip; q=0.0, br")) {
            HttpResponse plain = get("/", Map.of("Accept-Encoding", List.of(accepted)));
            assertThat(plain.headers()).doesNotContainKey("Content-Encoding");
            byte[] unpacked =
                    new GZIPInputStream(new ByteArrayInputStream(compressed("/").body())).readAllBytes();
            assertThat(unpacked).isEqualTo(plain.body());
        }
    }

    @Test
    void whatTheBrowserHasIsNotSentAgain() throws Exception {
        String tag = String.valueOf(get("/", Map.of()).headers().get("ETag"));
        assertThat(get("/", Map.of("If-None-Match", List.of(tag))).status()).isEqualTo(304);
        assertThat(get("/nothing.js", Map.of()).status()).isEqualTo(404);
    }

    @Test
    void G13_everyAnswerHasTheContentPolicy() throws Exception {
        for (String file : files()) {
            assertThat(get(file, Map.of()).headers().get("Content-Security-Policy"))
                    .contains("default-src 'none'")
                    .doesNotContain("unsafe");
        }
    }
}
