/* SPDX-License-Identifier: MIT */
#include "atomic.h"
#include "wait.h"
#include "wake.h"

/* The loop shims: how a coroutine that is PENDING waits in asyncio (uvloop
 * too) and in trio. In Python, since that is what loops are made of.
 *
 * park(woken) gives (iterator, wake, door): the iterator is what the coroutine
 * delegates to meanwhile. wake() may be called any number of times, on the
 * loop's thread if there is a door, else on any. If it was woken already it
 * lets others run and goes on. It gives
 * None where the driver is native and no loop was started below it. That one
 * waits for a future by subscribe and unsubscribe. */
static const char source[] =
    "import sys, weakref\n"
    "\n"
    "doors = weakref.WeakKeyDictionary()\n"
    "\n"
    "class Pause:\n"
    "    def __await__(self):\n"
    "        yield\n"
    "\n"
    "def door_of(loop):\n"
    "    try:\n"
    "        return doors[loop]\n"
    "    except KeyError:\n"
    "        door = new_door()\n"
    "        try:\n"
    "            loop.add_reader(door.fileno(), door)\n"
    "        except NotImplementedError:\n"
    "            door = None\n"
    "        doors[loop] = door\n"
    "        return door\n"
    "\n"
    "def park_asyncio(loop, woken):\n"
    "    if woken:\n"
    "        return Pause().__await__(), None, None\n"
    "    future = loop.create_future()\n"
    "    def done():\n"
    "        if not future.done():\n"
    "            future.set_result(None)\n"
    "    door = door_of(loop)\n"
    "    if door is not None:\n"
    "        return future.__await__(), done, door\n"
    "    def wake():\n"
    "        try:\n"
    "            loop.call_soon_threadsafe(done)\n"
    "        except RuntimeError:\n"
    "            if not loop.is_closed():\n"
    "                raise\n"
    "    return future.__await__(), wake, None\n"
    "\n"
    "def park_trio(trio, woken):\n"
    "    lowlevel = trio.lowlevel\n"
    "    if woken:\n"
    "        return lowlevel.checkpoint().__await__(), None, None\n"
    "    task = lowlevel.current_task()\n"
    "    token = lowlevel.current_trio_token()\n"
    "    waiting = [True]\n"
    "    def abort(raise_cancel):\n"
    "        waiting.clear()\n"
    "        return lowlevel.Abort.SUCCEEDED\n"
    "    def done():\n"
    "        if waiting:\n"
    "            waiting.clear()\n"
    "            lowlevel.reschedule(task)\n"
    "    def wake():\n"
    "        try:\n"
    "            token.run_sync_soon(done)\n"
    "        except trio.RunFinishedError:\n"
    "            pass\n"
    "    return lowlevel.wait_task_rescheduled(abort).__await__(), wake, None\n"
    "\n"
    "def trio_task(trio):\n"
    "    try:\n"
    "        return trio.lowlevel.current_task()\n"
    "    except (RuntimeError, AttributeError):\n"
    "        return None\n"
    "\n"
    "def park(woken, native, outer):\n"
    "    trio = sys.modules.get('trio')\n"
    "    if trio is not None:\n"
    "        task = trio_task(trio)\n"
    "        if task is not None and task is not outer:\n"
    "            return park_trio(trio, woken)\n"
    "    asyncio = sys.modules.get('asyncio')\n"
    "    loop = asyncio and asyncio._get_running_loop()\n"
    "    if loop is not None and loop is not outer:\n"
    "        return park_asyncio(loop, woken)\n"
    "    if native:\n"
    "        return None\n"
    "    raise RuntimeError('a native coroutine waits for a wake-up, and no "
    "event loop runs in this thread (asyncio, uvloop or trio)')\n"
    "\n"
    "def call(loop, function, notify):\n"
    "    if sys.modules['asyncio']._get_running_loop() is loop:\n"
    "        function(notify)\n"
    "    else:\n"
    "        loop.call_soon_threadsafe(function, notify)\n"
    "\n"
    "def subscribe(future, notify):\n"
    "    future._asyncio_future_blocking = False\n"
    "    if future.done():\n"
    "        notify()\n"
    "    else:\n"
    "        call(future.get_loop(), future.add_done_callback, notify)\n"
    "\n"
    "def unsubscribe(future, notify):\n"
    "    if not future.done():\n"
    "        call(future.get_loop(), future.remove_done_callback, notify)\n";

static PyMethodDef new_door = {"new_door", baton_py_new_door, METH_NOARGS,
                               NULL};

/* @return a function of the source, borrowed, or null with an exception. */
static PyObject *function_of(baton_py_state *state, const char *name) {
  if (!state->loops) {
    PyObject *code = Py_CompileString(source, "<baton loops>", Py_file_input);
    PyObject *door = PyCFunction_New(&new_door, state->module);
    PyObject *globals = PyDict_New(), *result = NULL;
    if (code && door && globals &&
        PyDict_SetItemString(globals, "new_door", door) == 0 &&
        PyDict_SetItemString(globals, "__builtins__", PyEval_GetBuiltins()) ==
            0)
      result = PyEval_EvalCode(code, globals, globals);
    if (result) state->loops = Py_NewRef(globals);
    Py_XDECREF(result);
    Py_XDECREF(code);
    Py_XDECREF(door);
    Py_XDECREF(globals);
  }
  return state->loops ? PyDict_GetItemString(state->loops, name) : NULL;
}

PyObject *baton_py_call_loop_function(baton_py_state *state, const char *name,
                                      PyObject *first, PyObject *second) {
  PyObject *function = function_of(state, name);
  if (!function) return NULL;
  return PyObject_CallFunctionObjArgs(function, first, second, NULL);
}

PyObject *baton_py_running_loop(baton_py_state *state) {
  PyObject *loop = NULL, *module, *before = baton_py_raised();
  if (!state->running_loop &&
      (module = PyImport_GetModule(state->names.asyncio))) {
    state->running_loop = PyObject_GetAttrString(module, "_get_running_loop");
    Py_DECREF(module);
  }
  if (state->running_loop) loop = PyObject_CallNoArgs(state->running_loop);
  if (loop == Py_None) Py_CLEAR(loop);
  if (!loop && (module = PyImport_GetModule(state->names.trio))) {
    PyObject *function = function_of(state, "trio_task");
    if (function) loop = PyObject_CallOneArg(function, module);
    if (loop == Py_None) Py_CLEAR(loop);
    Py_DECREF(module);
  }
  PyErr_Clear();
  baton_py_set_raised(before);
  return loop;
}

static PyObject *item_of(PyObject *tuple, Py_ssize_t index) {
  PyObject *item = PyTuple_GET_ITEM(tuple, index);
  return item == Py_None ? NULL : item;
}

PyObject *baton_py_park(baton_py_face *face, int woken) {
  baton_py_waker *waker = face->extra->waker;
  PyObject *iterator, *park, *parts;
  if (baton_load(&face->state->finalizing)) {
    PyErr_SetString(PyExc_RuntimeError,
                    "a native coroutine waits for a wake-up, and the "
                    "interpreter shuts down");
    return NULL;
  }
  if (waker) baton_py_waker_forward(waker, NULL);
  park = function_of(face->state, "park");
  parts = park
              ? PyObject_CallFunctionObjArgs(
                    park, woken ? Py_True : Py_False,
                    baton_py_native > 0 ? Py_True : Py_False,
                    baton_py_native_loop ? baton_py_native_loop : Py_None, NULL)
              : NULL;
  if (!parts) return NULL;
  if (parts == Py_None) {
    Py_DECREF(parts);
    return baton_py_new_pending(face->state, waker, woken);
  }
  iterator = Py_NewRef(PyTuple_GET_ITEM(parts, 0));
  if (waker) baton_py_waker_set(waker, item_of(parts, 1), item_of(parts, 2));
  Py_DECREF(parts);
  return iterator;
}
