/** Tests of pushes, with a push service of their own. */
@NullMarked
package io.webchat.examples.server.push;

import org.jspecify.annotations.NullMarked;
