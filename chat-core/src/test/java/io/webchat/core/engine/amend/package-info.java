/** Tests of the engine about edits, deletions and reactions. */
@NullMarked
package io.webchat.core.engine.amend;

import org.jspecify.annotations.NullMarked;
