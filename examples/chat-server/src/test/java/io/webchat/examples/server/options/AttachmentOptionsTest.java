package io.webchat.examples.server.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.webchat.examples.server.backends.AttachmentPlace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The options of files are read as they are written, and wrong ones are refused with the option's name. */
class AttachmentOptionsTest {
    @Command
    private static final class Holder {
        @Mixin
        private final ServerOptions options = new ServerOptions();
    }

    private static ServerOptions options(String... arguments) {
        Holder holder = new Holder();
        new CommandLine(holder).parseArgs(arguments);
        return holder.options;
    }

    @Test
    void files_have_the_standard_limits_and_no_place_of_their_own() {
        AttachmentOptions standard = options().attachments();

        assertThat(standard.limits().maxBytes()).isEqualTo(25L << 20);
        assertThat(standard.limits().quotaBytes()).isEqualTo(1L << 30);
        assertThat(standard.limits().pendingAge()).isEqualTo(Duration.ofDays(1));
        assertThat(standard.place()).isEqualTo(new AttachmentPlace(null, null));
        options().check();
    }

    @Test
    void a_place_is_a_folder_or_a_bucket(@TempDir Path folder) {
        assertThat(options("--attachments=" + folder).attachments().place().folder())
                .isEqualTo(folder);
        assertThat(options("--attachments=s3://my-bucket/chat")
                        .attachments()
                        .place()
                        .bucket())
                .hasToString("my-bucket/chat/");
    }

    @Test
    void wrong_values_are_refused_by_name(@TempDir Path folder) throws Exception {
        Path file = Files.createFile(folder.resolve("file"));

        assertThatThrownBy(options("--attachments=" + file)::check)
                .hasMessageContaining("--attachments: cannot use the folder " + file);
        assertThatThrownBy(options("--attachments=s3://B")::check).hasMessageContaining("--attachments: the bucket");
        assertThatThrownBy(options("--max-attachment-bytes=0")::check)
                .hasMessageContaining("--max-attachment-bytes must be 1 to");
        assertThatThrownBy(options("--max-attachment-bytes=100000", "--attachment-quota=99999")::check)
                .hasMessageContaining("--attachment-quota must be 100000 to");
    }
}
