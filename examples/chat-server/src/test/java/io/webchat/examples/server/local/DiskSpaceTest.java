package io.webchat.examples.server.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is nearly full says so while it still takes writes, and is well again with some space more. */
class DiskSpaceTest {
    private final AtomicLong left = new AtomicLong();
    private final DiskSpace disk = new DiskSpace(left::get, 200);

    private void assertLow(long bytes, String words) {
        left.set(bytes);
        assertThatThrownBy(disk::check).isInstanceOf(IOException.class).hasMessageContaining(words);
    }

    private void assertWell(long bytes) {
        left.set(bytes);
        assertThatCode(disk::check).doesNotThrowAnyException();
    }

    @Test
    void saysHowMuchIsLeftBelowTheLeast() {
        assertWell(200_000_000);
        assertLow(199_999_999, "disk nearly full: 199 MB left");
    }

    @Test
    void isWellAgainWithATenthMore() {
        assertLow(120_500_000, "disk nearly full: 120 MB left");
        assertLow(219_999_999, "219 MB left, 220 MB wanted");
        assertWell(220_000_000);
        assertWell(200_000_000);
    }

    @Test
    void withoutALeastSpaceIsNeverTooSmall() throws IOException {
        new DiskSpace(() -> 0, 0).check();
    }

    @Test
    void asksTheFileSystemOfTheFolder(@TempDir Path folder) throws IOException {
        DiskSpace.of(folder, 0).check();

        // No disk of a test has two petabytes.
        assertThatThrownBy(() -> DiskSpace.of(folder, Integer.MAX_VALUE).check())
                .hasMessageContaining("disk nearly full: " + folder.toFile().getUsableSpace() / 1_000_000_000);
    }

    @Test
    void aFailureOfTheFileSystemIsAFailureOfTheCheck() {
        IOException gone = new IOException("the device is gone");

        assertThatThrownBy(() -> new DiskSpace(
                                () -> {
                                    throw gone;
                                },
                                1)
                        .check())
                .isSameAs(gone);
        assertThat(gone.getSuppressed()).isEmpty();
    }
}
