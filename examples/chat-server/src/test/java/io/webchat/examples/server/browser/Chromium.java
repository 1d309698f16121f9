package io.webchat.examples.server.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The browser of this machine. None is ever downloaded. */
final class Chromium {
    /** The environment variable that names the executable. */
    static final String VARIABLE = "CHAT_BROWSER";

    static final String MISSING = "Skipped: no browser. Install Debian's packages chromium and fonts-noto-color-emoji,"
            + " or let " + VARIABLE + " name the executable of a Chromium or Chrome";

    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");
    private static final List<String> FLAGS = List.of(
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");

    private Chromium() {}

    /**
     * Where it is, or nothing.
     *
     * @throws IllegalStateException when the variable names something that is not there
     */
    static Optional<Path> find() {
        String named = System.getenv(VARIABLE);
        return find(named, System.getenv("PATH"));
    }

    static Optional<Path> find(@Nullable String named, @Nullable String searchPath) {
        if (named != null && !named.isBlank()) {
            Path executable = Path.of(named);
            if (!Files.isExecutable(executable)) {
                throw new IllegalStateException(VARIABLE + " names " + named + ", which cannot be run");
            }
            return Optional.of(executable);
        }
        Stream<Path> folders = searchPath == null
                ? Stream.empty()
                : Stream.of(searchPath.split(File.pathSeparator, -1))
                        .filter(folder -> !folder.isEmpty())
                        .map(Path::of);
        List<Path> all = folders.toList();
        return NAMES.stream()
                .flatMap(name -> all.stream().map(folder -> folder.resolve(name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Starts Playwright's driver, which has no browser of its own to look for. */
    static Playwright playwright() {
        return Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    }

    /** Starts the browser without a window, and without its sandbox, which root may not have; it sees our pages. */
    static Browser launch(Playwright playwright, Path executable) {
        return playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(executable)
                        .setHeadless(true)
                        .setChromiumSandbox(false)
                        .setArgs(FLAGS));
    }
}
