/** Stores files that messages refer to in a folder. */
@NullMarked
package io.webchat.core.files;

import org.jspecify.annotations.NullMarked;
