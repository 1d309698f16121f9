package io.webchat.examples.server.options;

import io.webchat.core.spi.attachments.AttachmentLimits;
import io.webchat.examples.server.backends.AttachmentPlace;
import io.webchat.examples.server.local.DataFolder;
import java.nio.file.Path;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Option;

/** The options of files: where they are, and how large they may be. */
public final class AttachmentOptions {
    private static final long MAX_BYTES = 1L << 40;

    @Option(
            names = "--attachments",
            paramLabel = "<folder|s3://bucket>",
            defaultValue = "${env:CHAT_ATTACHMENTS:-}",
            showDefaultValue = Visibility.NEVER,
            description =
                    "Keep the files of messages in this folder, which all nodes share, or in a bucket of S3, below"
                            + " a prefix if one follows: s3://bucket/prefix. Region and credentials come from where"
                            + " AWS's tools look. By default they are in the folder of --data, or in memory if"
                            + " everything is; otherwise nobody can send files. CHAT_ATTACHMENTS")
    private String place = "";

    @Option(
            names = "--max-attachment-bytes",
            paramLabel = "<bytes>",
            defaultValue = "${env:CHAT_MAX_ATTACHMENT_BYTES:-26214400}",
            description = "Size of the largest file. CHAT_MAX_ATTACHMENT_BYTES (${DEFAULT-VALUE})")
    private long maxBytes;

    @Option(
            names = "--attachment-quota",
            paramLabel = "<bytes>",
            defaultValue = "${env:CHAT_ATTACHMENT_QUOTA:-1073741824}",
            description = "Size of all files of one user together; each counts as 16 KiB at least."
                    + " CHAT_ATTACHMENT_QUOTA (${DEFAULT-VALUE})")
    private long quota;

    /** The place of the files; the default if the option is not given. */
    public AttachmentPlace place() {
        return AttachmentPlace.of(place);
    }

    /** The limits of the files. */
    public AttachmentLimits limits() {
        return new AttachmentLimits(maxBytes, quota, AttachmentLimits.DEFAULT.pendingAge());
    }

    void check(Faults faults) {
        faults.range("--max-attachment-bytes", maxBytes, 1, MAX_BYTES);
        faults.range("--attachment-quota", quota, AttachmentLimits.charge(maxBytes), MAX_BYTES);
        faults.from("--attachments", () -> {
            Path folder = place().folder();
            if (folder != null) {
                DataFolder.check(folder);
            }
        });
    }
}
