package io.webchat.core.engine.files;

import io.webchat.core.engine.EngineBackendFactory;
import org.junit.jupiter.api.Nested;

/** Runs the tests of files on the backends of its subclass, whose call logs amend messages. */
public abstract class AttachmentSuite implements EngineBackendFactory {
    @Nested
    class MessageFiles extends MessageFilesTest {}

    @Nested
    class DeletedFiles extends DeletedFilesTest {}

    @Nested
    class FileRights extends FileRightsTest {}
}
