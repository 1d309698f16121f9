package io.webchat.core.files;

import io.webchat.core.contract.ContractBackend;
import io.webchat.core.contract.MovableClock;
import io.webchat.core.contract.attachments.AttachmentStoreContract;
import io.webchat.core.spi.attachments.AttachmentLimits;
import io.webchat.core.spi.attachments.AttachmentStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/** The files in a folder keep the contract; their nodes share the folder. */
final class FileAttachmentStoreContractTest implements AttachmentStoreContract {
    private final Path folder;

    FileAttachmentStoreContractTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Override
    public ContractBackend<AttachmentStore> attachmentStores(AttachmentLimits limits) {
        MovableClock clock = MovableClock.running();
        List<FileAttachmentStore> nodes = new ArrayList<>();
        return new ContractBackend<>() {
            @Override
            public AttachmentStore node() {
                FileAttachmentStore node = FileAttachmentStore.in(folder, limits, clock);
                nodes.add(node);
                return node;
            }

            @Override
            public void advance(Duration time) {
                clock.advance(time);
            }

            @Override
            public void close() {
                nodes.forEach(FileAttachmentStore::close);
            }
        };
    }
}
