package io.webchat.examples.server.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The key of a data folder is whole and its owner's alone, or the server does not start. */
class DataFolderTest {
    private static final byte[] FRESH = new byte[32];

    private Path path;
    private DataFolder folder;

    @BeforeEach
    void open(@TempDir Path fresh) {
        path = fresh;
        folder = DataFolder.open(path);
    }

    @AfterEach
    void close() throws IOException {
        folder.close();
    }

    @Test
    void theKeyIsTheSameAfterwards() {
        byte[] other = new byte[32];
        other[0] = 1;

        assertThat(folder.tokenKey(FRESH)).isEqualTo(FRESH);
        assertThat(folder.tokenKey(other)).isEqualTo(FRESH);
    }

    @Test
    void theKeyOfPushesIsTheSameAfterwardsAndTheOwnersAlone() throws Exception {
        String key = "k".repeat(200);

        assertThat(folder.pushKey(key)).isEqualTo(key);
        assertThat(folder.pushKey("another".repeat(20))).isEqualTo(key);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path.resolve("push.key"))))
                .isEqualTo("rw-------");
        Files.setPosixFilePermissions(path.resolve("push.key"), PosixFilePermissions.fromString("rw-r-----"));
        assertThatThrownBy(() -> folder.pushKey(key)).hasMessageContaining("others may use push.key");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5, 31})
    void aShortKeyIsRefused(int bytes) throws Exception {
        folder.tokenKey(FRESH);
        Files.write(path.resolve("token.key"), new byte[bytes]);

        assertThatThrownBy(() -> folder.tokenKey(FRESH))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("token.key has " + bytes + " bytes, and a key has 32");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rw-rw-rw-"})
    void aKeyThatOthersMayUseIsRefused(String permissions) throws Exception {
        folder.tokenKey(FRESH);
        Files.setPosixFilePermissions(path.resolve("token.key"), PosixFilePermissions.fromString(permissions));

        assertThatThrownBy(() -> folder.tokenKey(FRESH))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("others may use token.key");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-------", "r--------", "rwx------"})
    void aKeyOfTheOwnerAloneIsTaken(String permissions) throws Exception {
        folder.tokenKey(FRESH);
        Files.setPosixFilePermissions(path.resolve("token.key"), PosixFilePermissions.fromString(permissions));

        assertThat(folder.tokenKey(FRESH)).hasSize(32);
    }

    @Test
    void aDiskThatTakesNoWritesSaysSo() throws Exception {
        folder.probe();
        assertThat(path.resolve("probe")).doesNotExist();
        Files.createDirectory(path.resolve("probe"));

        assertThatThrownBy(() -> folder.probe()).isInstanceOf(IOException.class);
    }
}
