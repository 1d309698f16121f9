package io.webchat.core.memory;

import io.webchat.core.contract.ContractBackend;
import io.webchat.core.contract.MovableClock;
import io.webchat.core.contract.attachments.AttachmentStoreContract;
import io.webchat.core.spi.attachments.AttachmentLimits;
import io.webchat.core.spi.attachments.AttachmentStore;
import java.time.Duration;

/** The files in memory keep the contract; their nodes share one object, as the nodes of one process do. */
final class MemoryAttachmentStoreContractTest implements AttachmentStoreContract {
    @Override
    public ContractBackend<AttachmentStore> attachmentStores(AttachmentLimits limits) {
        MovableClock clock = MovableClock.running();
        AttachmentStore shared = MemoryAttachmentStore.create(limits, clock);
        return new ContractBackend<>() {
            @Override
            public AttachmentStore node() {
                return shared;
            }

            @Override
            public void advance(Duration time) {
                clock.advance(time);
            }
        };
    }
}
