/** Tests of the engine about the files of messages. */
@NullMarked
package io.webchat.core.engine.files;

import org.jspecify.annotations.NullMarked;
