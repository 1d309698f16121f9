package io.webchat.examples.server.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChromiumTest {
    private static Path executable(Path folder, String name) throws Exception {
        Path file = Files.createFile(folder.resolve(name));
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return file;
    }

    @Test
    void isLookedForOnThePathByItsUsualNames(@TempDir Path one, @TempDir Path other) throws Exception {
        Path chrome = executable(one, "google-chrome");
        assertThat(Chromium.find(null, one + File.pathSeparator + other)).contains(chrome);

        Path chromium = executable(other, "chromium");
        assertThat(Chromium.find("", one + File.pathSeparator + other)).contains(chromium);
    }

    @Test
    void theVariableWins(@TempDir Path folder) throws Exception {
        executable(folder, "chromium");
        Path mine = executable(folder, "mine");

        assertThat(Chromium.find(mine.toString(), folder.toString())).contains(mine);
        assertThatThrownBy(() -> Chromium.find(folder.resolve("none").toString(), folder.toString()))
                .hasMessageContaining("CHAT_BROWSER")
                .hasMessageContaining("none");
    }

    @Test
    void whereThereIsNoneTheTestsSayWhatToInstall(@TempDir Path empty) {
        assertThat(Chromium.find(null, empty.toString())).isEmpty();
        assertThat(Chromium.find(null, null)).isEmpty();
        assertThat(Chromium.MISSING).contains("chromium").contains("CHAT_BROWSER");
    }
}
